using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SpeechBot.Web.Realtime;

namespace SpeechBot.Web.Conversations;

/// <summary>Registers what a talk needs.</summary>
public static class ConversationRegistration
{
    /// <summary>Adds the sessions, and what the page shows beside them.</summary>
    public static WebApplicationBuilder AddConversations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TurnPipeline>();
        builder.Services.AddSingleton<TurnQueue>();
        builder.Services.AddSingleton<TalkServices>();
        builder.Services.AddSingleton(services => new VoiceSessions(services.GetRequiredService<TalkServices>(), services.GetRequiredService<IOptions<RealtimeOptions>>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<VoiceSessions>());
        builder.Services.AddSingleton<VoiceCatalog>();
        builder.Services.AddHttpClient(ServiceStatusMonitor.ClientName);
        builder.Services.AddSingleton<ServiceStatusMonitor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ServiceStatusMonitor>());
        builder.Services.AddSingleton<Rehearsal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Rehearsal>());
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration("rehearsal", services => services.GetRequiredService<Rehearsal>(), null, null));
        return builder;
    }
}
