using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// The hub, or a mirror of it. The hub answers with a redirect to where the bytes are, and only that first answer states the file's
/// SHA-256 and size (<c>X-Linked-Etag</c>, <c>X-Linked-Size</c>); so redirects are followed here and not by the client.
/// </summary>
internal sealed class ModelSource(ModelsOptions options) : IDisposable
{
    private const int MostRedirects = 5;
    private const int Sha256Digits = 64;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Where a file is asked for: at the mirror, where there is one.</summary>
    public Uri AddressOf(CatalogFile file) => options.BaseAddress is { } mirror
        ? new Uri(new Uri(mirror.AbsoluteUri.TrimEnd('/') + "/"), file.Url!.PathAndQuery.TrimStart('/'))
        : file.Url!;

    /// <summary>Asks for a file from some byte on.</summary>
    /// <exception cref="HttpRequestException">The server is away or overloaded: a later try may succeed.</exception>
    /// <exception cref="ModelLoadException">The server does not have this file, or says that it is another one.</exception>
    public async Task<Answer> AskAsync(CatalogFile file, long from, CancellationToken cancellationToken)
    {
        var address = AddressOf(file);
        string? linkedHash = null;
        long? linkedSize = null;
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            try
            {
                linkedHash ??= Header(response, "X-Linked-Etag") is { Length: Sha256Digits } hash ? hash : null;
                linkedSize ??= long.TryParse(Header(response, "X-Linked-Size"), out var size) ? size : (long?)null;
                if (IsRedirect(response.StatusCode) && response.Headers.Location is { } next && hops < MostRedirects)
                {
                    var target = new Uri(address, next);
                    address = address.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps
                        ? throw new ModelLoadException($"{address.Host} leads to {target.Host} without encryption; the download was given up.")
                        : target;
                    response.Dispose();
                    continue;
                }

                Check(response, address);
                return new Answer(response, ChecksumOf(file, linkedHash, response, address), SizeOf(file, linkedSize, response, address));
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static void Check(HttpResponseMessage response, Uri address)
    {
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return;
        }

        var status = $"{address.Host} answered {(int)response.StatusCode}";
        if (response.StatusCode >= HttpStatusCode.InternalServerError || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
        {
            throw new HttpRequestException(status);
        }

        throw new ModelLoadException($"{status} for {address}. The file may have moved, or want a sign-in there: fetch it by hand into the model folder, or set Models:BaseAddress to a mirror that has it.");
    }

    private static FileChecksum ChecksumOf(CatalogFile file, string? linkedHash, HttpResponseMessage response, Uri address) =>
        (file.Sha256 ?? linkedHash ?? (file.Md5 is null && Clean(response.Headers.ETag?.Tag) is { Length: Sha256Digits } tag ? tag : null)) is { } hash ? new FileChecksum(HashAlgorithmName.SHA256, hash)
        : file.Md5 is { } md5 ? new FileChecksum(HashAlgorithmName.MD5, md5)
        : throw new ModelLoadException($"Neither the catalog nor {address.Host} states a checksum of '{file.Path}', so it would have to be trusted blindly. Add its sha256 to models/catalog.json.", file.Path);

    private static long? SizeOf(CatalogFile file, long? linkedSize, HttpResponseMessage response, Uri address)
    {
        var offered = response.Content.Headers.ContentRange?.Length ?? (response.StatusCode == HttpStatusCode.OK ? response.Content.Headers.ContentLength : null) ?? linkedSize;
        return file.Size is { } expected && offered is { } other && other != expected
            ? throw new ModelLoadException($"{address.Host} offers {other} bytes for '{file.Path}', but the file of the catalog has {expected}. The mirror or the catalog is wrong.", file.Path)
            : file.Size ?? offered;
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? Clean(values.FirstOrDefault()) : null;

    private static string? Clean(string? tag) => tag?.Trim('"');

    /// <summary>An answer whose bytes can be read.</summary>
    /// <param name="Response">The answer.</param>
    /// <param name="Checksum">What the whole file must have.</param>
    /// <param name="Size">The size of the whole file, where that is known.</param>
    internal sealed record Answer(HttpResponseMessage Response, FileChecksum Checksum, long? Size) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Response.Dispose();
    }
}
