using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Cores;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tts.Api;

namespace SpeechBot.Tts.Speech;

/// <summary>Registers the voice.</summary>
public static class SpeechRegistration
{
    /// <summary>Adds the voice, its queue and its health check.</summary>
    public static IHostApplicationBuilder AddSpeech(this IHostApplicationBuilder builder)
    {
        builder.AddCoreLease();
        var services = builder.Services;
        services.AddOptions<SpeechOptions>()
            .BindConfiguration(SpeechOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.Accelerator = configuration.GetValue("Accelerator", Accelerator.Auto))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SpeechOptions>, SpeechOptionsValidator>();
        services.AddModelReadiness();
        services.AddSingleton<VoiceHost>();
        services.AddSingleton<OptimisedVoices>();
        services.AddSingleton<ClauseQueue>();
        services.AddSingleton<Speaker>();
        services.AddSingleton<VoiceAliases>();
        services.AddSingleton<RequestLimit>();
        services.AddSingleton<VoiceLoader>();
        services.AddHostedService(provider => provider.GetRequiredService<VoiceLoader>());
        services.AddModelSwitch<VoiceLoader>();
        return builder;
    }
}
