using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace SpeechBot.ServiceDefaults.Http;

/// <summary>
/// HTTP resilience for calls that may run a model: one attempt and a generous deadline. The standard handler would give up after 10 s
/// and then repeat work that costs seconds of CPU; a second attempt is the caller's (the user's) decision.
/// </summary>
public static class InferenceHttp
{
    /// <summary>How long one call may take until its response headers are there.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>Adds the single-attempt deadline to a client.</summary>
    public static IHttpClientBuilder AddInferenceResilience(this IHttpClientBuilder http)
    {
        http.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        http.AddResilienceHandler("inference", pipeline => pipeline.AddTimeout(Deadline));
        return http;
    }
}
