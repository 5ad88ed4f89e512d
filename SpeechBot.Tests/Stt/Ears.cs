using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

/// <summary>The ears with the starter model, started once for all tests that listen.</summary>
public sealed class Ears : WebApplicationFactory<TranscriptionOptions>, IAsyncLifetime
{
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The errors that the service logged.</summary>
    public ErrorLog Errors { get; } = new();

    public ITranscriber Transcriber => Services.GetRequiredService<ITranscriber>();

    public async ValueTask InitializeAsync()
    {
        Client = CreateClient();
        await Services.GetRequiredService<ModelReadiness>().WhenReady.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.ConfigureLogging(logging => logging.AddProvider(Errors));
}

[CollectionDefinition(nameof(Ears))]
public sealed class EarsCollection : ICollectionFixture<Ears>;
