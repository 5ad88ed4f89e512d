using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SpeechBot.Tests.Support.Otlp.Wire;

namespace SpeechBot.Tests.Support.Otlp;

/// <summary>Takes what services export over OTLP (http/protobuf), keeps it for tests, and hands it on to a dashboard where there is one.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ExportedSpan> _spans = new();
    private readonly ConcurrentQueue<ExportedLog> _logs = new();
    private readonly ConcurrentDictionary<(string Service, string Name), ExportedMetric> _metrics = new();
    private readonly ConcurrentQueue<string> _everything = new();
    private readonly HttpClient _onward = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly WebApplication _server;

    private OtlpReceiver(WebApplication server) => _server = server;

    /// <summary>Where to export to.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where everything goes on to, once that is known.</summary>
    public Uri? Dashboard { get; set; }

    /// <summary>All that was exported so far, as text in which words can be looked for.</summary>
    public IReadOnlyCollection<string> Everything => _everything;

    public IEnumerable<ExportedMetric> Metrics => _metrics.Values;

    public IEnumerable<ExportedLog> Logs => _logs;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._server.MapPost("/v1/traces", (HttpContext context) => receiver.TakeAsync(context, receiver.TakeTraces));
        receiver._server.MapPost("/v1/metrics", (HttpContext context) => receiver.TakeAsync(context, receiver.TakeMetrics));
        receiver._server.MapPost("/v1/logs", (HttpContext context) => receiver.TakeAsync(context, receiver.TakeLogs));
        await receiver._server.StartAsync();
        receiver.Address = new Uri(receiver._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return receiver;
    }

    /// <summary>The spans of a trace that have arrived so far, by their beginnings.</summary>
    public IReadOnlyList<ExportedSpan> Trace(string traceId) => [.. _spans.Where(span => span.TraceId == traceId).OrderBy(span => span.Start)];

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _onward.Dispose();
    }

    private async Task TakeAsync(HttpContext context, Action<byte[]> take)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy);
        var body = copy.ToArray();
        take(body);
        _everything.Enqueue(Encoding.UTF8.GetString(body));
        await HandOnAsync(context.Request, body);
        // An empty answer says that all of it was taken.
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task HandOnAsync(HttpRequest request, byte[] body)
    {
        if (Dashboard is null)
        {
            return;
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Dashboard, request.Path)) { Content = new ByteArrayContent(body) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        if (request.Headers.TryGetValue("x-otlp-api-key", out var key))
        {
            message.Headers.TryAddWithoutValidation("x-otlp-api-key", key.ToString());
        }

        try
        {
            using var response = await _onward.SendAsync(message);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            // The dashboard is not up yet, or not any more; a test that needs it says what it lacks.
        }
    }

    private void TakeTraces(byte[] body)
    {
        foreach (var from in TracesMessage.Parser.ParseFrom(body).Resources)
        {
            foreach (var span in from.Scopes.SelectMany(scope => scope.Spans))
            {
                _spans.Enqueue(ExportedSpan.Of(Service(from.Resource), span));
            }
        }
    }

    private void TakeMetrics(byte[] body)
    {
        foreach (var from in MetricsMessage.Parser.ParseFrom(body).Resources)
        {
            foreach (var metric in from.Scopes.SelectMany(scope => scope.Metrics).Select(metric => ExportedMetric.Of(Service(from.Resource), metric)))
            {
                // Exemplars are told once; what they lead to stays.
                _metrics.AddOrUpdate((metric.Service, metric.Name), metric, (_, known) => metric with { Traces = [.. known.Traces, .. metric.Traces] });
            }
        }
    }

    private void TakeLogs(byte[] body)
    {
        foreach (var from in LogsMessage.Parser.ParseFrom(body).Resources)
        {
            foreach (var line in from.Scopes.SelectMany(scope => scope.Records))
            {
                _logs.Enqueue(new ExportedLog(Service(from.Resource), line.Body?.Text ?? "", ExportedSpan.Hex(line.TraceId)));
            }
        }
    }

    private static string Service(ResourceMessage resource) => ExportedSpan.TagsOf(resource.Attributes).GetValueOrDefault("service.name", "");
}
