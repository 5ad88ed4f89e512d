using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Cores;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Llm.Replies;

/// <summary>Adds what writes replies.</summary>
public static class ReplyRegistration
{
    /// <summary>Binds <see cref="ReplyOptions"/>, loads the model in the background and starts the scheduler.</summary>
    public static IHostApplicationBuilder AddReplies(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReplyOptions>().BindConfiguration(ReplyOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ReplyOptions>, ReplyOptionsValidator>();
        builder.AddCoreLease();
        builder.Services.AddModelReadiness();
        builder.Services.AddSingleton<EngineLog>();
        builder.Services.AddSingleton<ReplyTelemetry>();
        builder.Services.AddSingleton<ReplyScheduler>();
        builder.Services.AddSingleton<ChatRequestReader>();
        builder.Services.AddSingleton<RequantisedModels>();
        builder.Services.AddSingleton<ReplyModelLoader>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ReplyModelLoader>());
        builder.Services.AddModelSwitch<ReplyModelLoader>();
        return builder;
    }
}
