using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Stt.Transcription;

/// <summary>Registers the transcription of audio.</summary>
public static class TranscriptionRegistration
{
    /// <summary>Adds the model, its queue and its health check.</summary>
    public static IHostApplicationBuilder AddTranscription(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TranscriptionOptions>()
            .BindConfiguration(TranscriptionOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.Accelerator = configuration.GetValue("Accelerator", Accelerator.Auto))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TranscriptionOptions>, TranscriptionOptionsValidator>();
        services.AddModelReadiness();
        services.AddSingleton<WhisperDecoder>();
        services.AddSingleton<TranscriptionQueue>();
        services.AddSingleton<WhisperModelLoader>();
        services.AddHostedService(provider => provider.GetRequiredService<WhisperModelLoader>());
        services.AddSingleton<ITranscriber, WhisperTranscriber>();
        return builder;
    }
}
