using System.Net;
using Microsoft.Extensions.Options;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// An address → a file that is whole and has the right checksum, or no file. What has come so far lies beside it as <c>.part</c>, so that
/// a download that broke off, or was cancelled, goes on where it stopped.
/// </summary>
public sealed class ModelDownloader(IOptions<ModelsOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(300);

    private readonly ModelsOptions _options = options.Value;
    private readonly ModelSource _source = new(options.Value);

    /// <summary>Downloads one file.</summary>
    /// <exception cref="ModelLoadException">It cannot be had; the message says why and what to do.</exception>
    public async Task DownloadAsync(CatalogFile file, string path, Action<string> report, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        var name = Path.GetFileName(path);
        await using (var draft = Open(part))
        {
            var resumed = draft.Length > 0;
            var checksum = await FillAsync(file, draft, name, report, cancellationToken);
            report($"checking {name}");
            var holds = await checksum.HoldsAsync(draft, cancellationToken);
            if (!holds && resumed)
            {
                // What lay here was of another version; it is fetched again from the start, once.
                draft.SetLength(0);
                checksum = await FillAsync(file, draft, name, report, cancellationToken);
                holds = await checksum.HoldsAsync(draft, cancellationToken);
            }

            if (!holds)
            {
                draft.SetLength(0);
                throw new ModelLoadException($"What '{_source.AddressOf(file).Host}' sent for {name} is not the file that was asked for: its checksum is not {checksum}. It was thrown away. Try again; if it stays so, the mirror or the catalog is wrong.", path);
            }
        }

        File.Move(part, path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static FileStream Open(string part)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(part)!);
            return new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"'{part}' cannot be written ({exception.Message}). Another SpeechBot may be downloading it; else set Models:Downloads to a folder that can be written.", part, exception);
        }
    }

    private async Task<FileChecksum> FillAsync(CatalogFile file, FileStream draft, string name, Action<string> report, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = draft.Length;
            try
            {
                report($"downloading {name}");
                return await FetchAsync(file, draft, name, report, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // Only attempts that bring nothing count: a bad line may need many.
                attempt = draft.Length > before ? 0 : attempt;
                if (attempt >= _options.Attempts)
                {
                    throw Unreachable(file, name, draft.Length, exception);
                }

                await Task.Delay(TimeSpan.FromSeconds(_options.RetrySeconds), time, cancellationToken);
            }
        }
    }

    private async Task<FileChecksum> FetchAsync(CatalogFile file, FileStream draft, string name, Action<string> report, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Stall);
        using var answer = await _source.AskAsync(file, draft.Length, patience.Token);
        if (answer.Response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Everything was there already, or more than there is: the checksum tells.
            return answer.Checksum;
        }

        if (answer.Response.StatusCode == HttpStatusCode.OK)
        {
            draft.SetLength(0);
        }

        draft.Seek(0, SeekOrigin.End);
        await using var body = await answer.Response.Content.ReadAsStreamAsync(patience.Token);
        var (buffer, started, first, reported) = (new byte[128 * 1024], time.GetTimestamp(), draft.Length, 0L);
        while (true)
        {
            patience.CancelAfter(Stall);
            var read = await body.ReadAsync(buffer, patience.Token);
            if (read == 0)
            {
                break;
            }

            await draft.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (reported == 0 || time.GetElapsedTime(reported) > BetweenReports)
            {
                reported = time.GetTimestamp();
                report(DownloadProgress.Say(name, draft.Length, answer.Size, draft.Length - first, time.GetElapsedTime(started)));
            }
        }

        await draft.FlushAsync(cancellationToken);
        return answer.Size is { } size && draft.Length < size
            ? throw new HttpRequestException($"the connection ended after {draft.Length} of {size} bytes")
            : answer.Checksum;
    }

    private TimeSpan Stall => TimeSpan.FromSeconds(_options.StallSeconds);

    private ModelLoadException Unreachable(CatalogFile file, string name, long had, Exception exception)
    {
        var address = _source.AddressOf(file);
        var reason = exception is OperationCanceledException ? $"no answer for {_options.StallSeconds} s" : exception.Message;
        var kept = had > 0 ? $" {had / 1_000_000.0:0.0} MB are there and will be kept." : "";
        return new ModelLoadException($"{name} cannot be downloaded from {address.GetLeftPart(UriPartial.Authority)} ({reason}).{kept} Connect this machine to the network and restart the service; or fetch {address} elsewhere and put it into the model folder as '{file.Path}'; or set Models:BaseAddress to a mirror, or Models:Profile to starter.", inner: exception);
    }
}
