using SpeechBot.Web.Conversations;
using StackExchange.Redis;

namespace SpeechBot.Web.History;

/// <summary>Registers the history.</summary>
public static class HistoryRegistration
{
    private const string Cache = "cache";

    // A talk must not wait for a history that is away.
    private const int AnswerWithinMs = 2000;

    /// <summary>Adds the history in the Redis of the connection string <c>cache</c>; without one, talks live in memory.</summary>
    public static WebApplicationBuilder AddHistory(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(Cache)))
        {
            // The page works without a memory, so a cache that is away must not make this service unhealthy.
            builder.AddRedisClient(Cache, settings => settings.DisableHealthChecks = true, options =>
            {
                options.AbortOnConnectFail = false;
                options.ConnectTimeout = options.AsyncTimeout = options.SyncTimeout = AnswerWithinMs;
                options.BacklogPolicy = BacklogPolicy.FailFast;
            });
            builder.Services.AddSingleton<RedisHistory>();
        }

        builder.Services.AddSingleton<ConversationHistory>();
        builder.Services.AddSingleton<IConversationStore>(services => services.GetRequiredService<ConversationHistory>());
        builder.Services.AddHostedService(services => services.GetRequiredService<ConversationHistory>());
        return builder;
    }
}
