using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Stt;
using SpeechBot.Tts.Speech;

namespace SpeechBot.Tests.Tts;

/// <summary>The mouth with the starter voice, started once for all tests that speak.</summary>
public sealed class Mouth : WebApplicationFactory<SpeechOptions>, IAsyncLifetime
{
    public HttpClient Client { get; private set; } = null!;

    public Synthesizer Synthesizer => Services.GetRequiredService<VoiceHost>().Synthesizer;

    public SpeechStyle Style => new(Synthesizer.Voices[0], 1, IsUrgent: false, UseAllCores: false);

    public async ValueTask InitializeAsync()
    {
        Client = CreateClient();
        await Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }
}

[CollectionDefinition(nameof(Mouth))]
public sealed class MouthCollection : ICollectionFixture<Mouth>, ICollectionFixture<Ears>;
