using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SpeechBot.Tests.ServiceDefaults.Models;

/// <summary>
/// A small hub of models on loopback. Like the real one it answers with a redirect that states checksum and size, and serves the bytes, or
/// a range of them, from another address.
/// </summary>
public sealed class FileHub : IAsyncLifetime
{
    private readonly WebApplication _app;

    public FileHub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/{**path}", AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it serves, by path.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>From which byte on each request for content asked, in order.</summary>
    public ConcurrentQueue<long> Starts { get; } = new();

    /// <summary>After so many bytes the next answer breaks off, once, as soon as <see cref="BreakWhen"/>.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>Tells whether the client has got what was sent: what is still under way when a connection breaks is lost.</summary>
    public Func<bool> BreakWhen { get; set; } = () => true;

    /// <summary>After so many bytes the answers stop without ending, until the client leaves.</summary>
    public int? StallAfter { get; set; }

    /// <summary>Whether it states checksums.</summary>
    public bool StatesChecksums { get; set; } = true;

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(string path, HttpContext context)
    {
        if (!Files.TryGetValue(path.Replace("cdn/", "", StringComparison.Ordinal), out var content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!path.StartsWith("cdn/", StringComparison.Ordinal))
        {
            if (StatesChecksums)
            {
                context.Response.Headers["X-Linked-Etag"] = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
                context.Response.Headers["X-Linked-Size"] = $"{content.Length}";
            }

            context.Response.Redirect($"/cdn/{path}");
            return;
        }

        var from = (int)(context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0);
        Starts.Enqueue(from);
        if (from >= content.Length && from > 0)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }

        context.Response.StatusCode = from > 0 ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        context.Response.ContentLength = content.Length - from;
        if (from > 0)
        {
            context.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        await SendAsync(context, content.AsMemory(from));
    }

    private async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> content)
    {
        if ((BreakAfter ?? StallAfter) is not { } few || few >= content.Length)
        {
            await context.Response.BodyWriter.WriteAsync(content, context.RequestAborted);
            return;
        }

        await context.Response.BodyWriter.WriteAsync(content[..few], context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        if (StallAfter is not null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        while (!BreakWhen() && !context.RequestAborted.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        BreakAfter = null;
        context.Abort();
    }
}
