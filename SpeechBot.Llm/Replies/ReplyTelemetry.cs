using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.Telemetry;

namespace SpeechBot.Llm.Replies;

/// <summary>One span and a handful of measurements for each reply, by the GenAI conventions; what was said is left out unless the configuration asks for it.</summary>
internal sealed class ReplyTelemetry
{
    private const string Provider = "speechbot";

    private static readonly ActivitySource Source = new(TelemetryNames.LlmSource);

    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _perToken;
    private readonly Histogram<double> _tokensPerSecond;
    private readonly Histogram<double> _queueWait;
    private readonly Histogram<long> _usage;
    private readonly bool _content;
    private readonly ModelReadiness _readiness;

    public ReplyTelemetry(IMeterFactory meters, IConfiguration configuration, ModelReadiness readiness)
    {
        _readiness = readiness;
        _content = configuration.CapturesContent();
        var meter = meters.Create(TelemetryNames.LlmSource);
        _firstToken = meter.CreateHistogram<double>(TelemetryNames.Instruments.TimeToFirstToken, "s", "From the request to the first token of the reply");
        _perToken = meter.CreateHistogram<double>(TelemetryNames.Instruments.TimePerOutputToken, "s", "Time of each token after the first");
        _tokensPerSecond = meter.CreateHistogram<double>(TelemetryNames.Instruments.TokensPerSecond, "{token}/s", "How fast a reply was written after its first token");
        _queueWait = meter.CreateHistogram<double>(TelemetryNames.Instruments.QueueWait, "s", "Time a request waited for its engine");
        _usage = meter.CreateHistogram<long>(TelemetryNames.Instruments.TokenUsage, "{token}", "Tokens in and out");
        meter.CreateObservableGauge(TelemetryNames.Instruments.KvCacheUsage, () => CacheUsage, "1", "Share of the key-value cache in use");
        meter.CreateObservableGauge(TelemetryNames.Instruments.QueueLength, () => Scheduler?.InFlight ?? 0, "{request}", "Replies in work or waiting");
    }

    /// <summary>Share of the key-value cache in use, 0 to 1.</summary>
    public double CacheUsage { get; set; }

    /// <summary>Who is asked for the length of the queue.</summary>
    public ReplyScheduler? Scheduler { get; set; }

    /// <summary>The span of the reply that is being asked for here; null when nobody records.</summary>
    public static Activity? Current => Activity.Current is { } span && span.Source == Source ? span : null;

    /// <summary>Notes that a reply got its place, and what of its prompt the cache held. Told at once: a reply that is given up later never comes to its end.</summary>
    public static void TakenUp(Activity? span, TimeSpan queue, int cached, int prefilled) => span?
        .SetTag(TelemetryNames.Tags.QueueMilliseconds, Math.Round(queue.TotalMilliseconds, 1))
        .SetTag(TelemetryNames.Tags.CachedTokens, cached)
        .SetTag(TelemetryNames.Tags.PrefilledTokens, prefilled)
        .AddEvent(new(TelemetryNames.Events.TakenUp));

    /// <summary>Begins the span of one reply.</summary>
    public Activity? Begin(string model, ReplyRequest request)
    {
        var span = Source.StartActivity($"{TelemetryNames.Spans.Chat} {model}");
        span?.SetTag(TelemetryNames.Tags.Operation, "chat")
            .SetTag(TelemetryNames.Tags.Provider, Provider)
            .SetTag(TelemetryNames.Tags.Model, model)
            .SetTag(TelemetryNames.Tags.Accelerator, _readiness.Accelerator)
            .SetTag("gen_ai.request.max_tokens", request.MaxTokens)
            .SetTag("gen_ai.request.temperature", request.Sampling.Temperature)
            .SetTag("gen_ai.request.top_p", request.Sampling.TopP);
        if (request.CacheKey is { } key)
        {
            span?.SetTag(TelemetryNames.Tags.ConversationId, key);
        }

        if (_content)
        {
            span?.SetTag("gen_ai.input.messages", System.Text.Json.JsonSerializer.Serialize(request.Turns));
        }

        return span;
    }

    /// <summary>Ends a reply that came to its end.</summary>
    public void End(Activity? span, string model, ReplyEnd end, string text)
    {
        var statistics = end.Statistics;
        var tags = new TagList
        {
            { TelemetryNames.Tags.Operation, "chat" },
            { TelemetryNames.Tags.Provider, Provider },
            { TelemetryNames.Tags.Model, model },
            { TelemetryNames.Tags.ResponseModel, model },
        };
        _queueWait.Record(statistics.Queue.TotalSeconds, tags);
        if (statistics.FirstToken is { } first)
        {
            _firstToken.Record(first.TotalSeconds, tags);
            if (statistics.ReplyTokens > 1)
            {
                var each = (statistics.Total - first).TotalSeconds / (statistics.ReplyTokens - 1);
                _perToken.Record(each, tags);
                _tokensPerSecond.Record(1 / Math.Max(each, 1e-6), tags);
            }
        }

        _usage.Record(statistics.PromptTokens, [.. tags, new("gen_ai.token.type", "input")]);
        _usage.Record(statistics.ReplyTokens, [.. tags, new("gen_ai.token.type", "output")]);

        span?.SetTag(TelemetryNames.Tags.InputTokens, statistics.PromptTokens)
            .SetTag(TelemetryNames.Tags.OutputTokens, statistics.ReplyTokens)
            .SetTag(TelemetryNames.Tags.ResponseModel, model)
            .SetTag("gen_ai.response.finish_reasons", new[] { end.Reason });
        if (_content)
        {
            span?.SetTag("gen_ai.output.messages", text);
        }
    }

    /// <summary>Marks a reply that did not come to its end.</summary>
    public static void Failed(Activity? span, Exception exception)
    {
        var left = exception is OperationCanceledException;
        span?.SetTag(TelemetryNames.Tags.ErrorType, left ? "cancelled" : exception.GetType().FullName);
        if (!left)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }
}
