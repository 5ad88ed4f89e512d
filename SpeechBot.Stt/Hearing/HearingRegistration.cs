using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Stt.Hearing;

/// <summary>Registers the hearing of live speech. Needs <see cref="Transcription.TranscriptionRegistration.AddTranscription"/>.</summary>
public static class HearingRegistration
{
    /// <summary>Adds the networks that listen, their health check and the limit on sessions.</summary>
    public static IHostApplicationBuilder AddHearing(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<HearingOptions>().BindConfiguration(HearingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HearingOptions>, HearingOptionsValidator>();
        services.AddKeyedSingleton<ModelReadiness>(HearingModels.ReadinessKey);
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            HearingModels.ReadinessKey,
            provider => new ModelHealthCheck(provider.GetRequiredKeyedService<ModelReadiness>(HearingModels.ReadinessKey)),
            failureStatus: null,
            tags: null));
        services.AddSingleton<HearingModels>();
        services.AddHostedService(provider => provider.GetRequiredService<HearingModels>());
        services.AddSingleton<RealtimeSessions>();
        return builder;
    }
}
