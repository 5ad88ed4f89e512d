using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SpeechBot.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs over OTLP, to wherever <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> points; nothing leaves without it.</summary>
public static class TelemetrySetup
{
    /// <summary>Histogram bounds in seconds that suit a spoken turn: fine between 10 ms and 1 s, and enough below for waits that hardly are any.</summary>
    public static readonly double[] LatencyBounds = [0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.65, 0.8, 1, 1.5, 2, 3, 5, 10, 30];

    /// <summary>Histogram bounds in seconds for one token: a large model on a CPU takes a second, a small one on a GPU a millisecond.</summary>
    public static readonly double[] TokenTimeBounds = [0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1];

    /// <summary>Histogram bounds for tokens per second.</summary>
    public static readonly double[] TokenRateBounds = [1, 2, 5, 10, 20, 30, 50, 75, 100, 125, 150, 200, 300, 500, 1000];

    /// <summary>Histogram bounds for tokens, as the GenAI conventions have them.</summary>
    public static readonly double[] TokenBounds = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536];

    /// <summary>Histogram bounds for real-time factors.</summary>
    public static readonly double[] RatioBounds = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5];

    /// <summary>
    /// Whether spoken words and replies may stand in telemetry: only if <c>Telemetry:CaptureContent</c> says so, whatever else is in the
    /// environment (Aspire switches content capture on in development).
    /// </summary>
    public static bool CapturesContent(this IConfiguration configuration) => configuration.GetValue("Telemetry:CaptureContent", false);

    internal static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // Libraries that read this variable themselves must not write what people say into their spans.
        Environment.SetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", builder.Configuration.CapturesContent() ? "true" : "false");

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        ProcessTelemetry.Start();
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(TelemetryNames.SourcePrefix + "*")
                // Each bucket keeps a recent measurement with its trace: from "some turns are slow" to one of them.
                .SetExemplarFilter(ExemplarFilterType.TraceBased)
                .AddView(BoundsFor))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName)
                .AddSource(TelemetryNames.SourcePrefix + "*")
                .AddAspNetCoreInstrumentation(options => options.Filter = context =>
                    !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/alive")
                    && !context.Request.Path.StartsWithSegments("/_blazor") && !context.Request.Path.StartsWithSegments("/_content") && !context.Request.Path.StartsWithSegments("/_framework"))
                .AddHttpClientInstrumentation(options => options.FilterHttpRequestMessage = request =>
                    request.RequestUri?.AbsolutePath is not ("/health" or "/alive")));

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }

    private static ExplicitBucketHistogramConfiguration? BoundsFor(System.Diagnostics.Metrics.Instrument instrument)
    {
        if (!instrument.Meter.Name.StartsWith(TelemetryNames.SourcePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var bounds = instrument switch
        {
            { Name: TelemetryNames.Instruments.TimePerOutputToken } => TokenTimeBounds,
            { Unit: "s" } => LatencyBounds,
            { Unit: "{token}/s" } => TokenRateBounds,
            { Unit: "{token}" } => TokenBounds,
            { Name: TelemetryNames.Instruments.SttRealTimeFactor or TelemetryNames.Instruments.TtsRealTimeFactor } => RatioBounds,
            _ => null,
        };
        return bounds is null ? null : new() { Boundaries = bounds };
    }
}
