using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SpeechBot.ServiceDefaults.Telemetry;

/// <summary>Keeps what frameworks say about every request and every retry out of the logs, so that what SpeechBot says is seen.</summary>
internal static class LogNoise
{
    public static void QuietFrameworks<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        // Every probe of a service that is still loading would be an error; /health itself tells it.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // A cache that is not there yet is a stack trace at every try; the history says once that it is away.
        builder.Logging.AddFilter("StackExchange.Redis", LogLevel.None);
        // Again, because the last rule counts and the settings of whoever runs it have the last word.
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }
}
