using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tests.ServiceDefaults.Models;

public sealed class ModelDownloadTests(FileHub hub) : IClassFixture<FileHub>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("speechbot-models-");
    private readonly string _name = $"{Guid.NewGuid():N}.gguf";
    private readonly List<string> _said = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder.FullName, "llm", _name);

    private string Part => Target + ".part";

    private bool HasBegun => File.Exists(Part) && new FileInfo(Part).Length > 0;

    [Fact]
    public async Task A_file_comes_from_the_mirror_and_is_checked_against_what_the_hub_states()
    {
        var content = Serve(3_000_000);

        await DownloadAsync(FileAtTheHub());

        Assert.Equal(content, await File.ReadAllBytesAsync(Target, Cancelled));
        Assert.False(File.Exists(Part));
        Assert.Contains(_said, said => said.StartsWith($"downloading {_name}: ", StringComparison.Ordinal) && said.Contains("% of 3 MB", StringComparison.Ordinal));
        Assert.Equal($"checking {_name}", _said[^1]);
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_stopped()
    {
        var content = Serve(3_000_000);
        hub.BreakAfter = 1_000_000;
        hub.BreakWhen = () => HasBegun;
        hub.Starts.Clear();

        await DownloadAsync(FileAtTheHub() with { Sha256 = Hash(content) });

        Assert.Equal(content, await File.ReadAllBytesAsync(Target, Cancelled));
        Assert.Equal(0, hub.Starts.First());
        Assert.Equal(2, hub.Starts.Count);
        Assert.InRange(hub.Starts.Last(), 1, 1_000_000);
    }

    [Fact]
    public async Task A_cancelled_download_leaves_no_file_and_goes_on_the_next_time()
    {
        var content = Serve(3_000_000);
        hub.StallAfter = 1_000_000;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var download = DownloadAsync(FileAtTheHub(), cancel: cancel.Token);
        await UntilAsync(() => HasBegun);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        hub.StallAfter = null;

        Assert.False(File.Exists(Target));
        hub.Starts.Clear();
        await DownloadAsync(FileAtTheHub());
        Assert.Equal(content, await File.ReadAllBytesAsync(Target, Cancelled));
        Assert.True(Assert.Single(hub.Starts) > 0);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_asked_again()
    {
        var content = Serve(300_000);
        hub.StallAfter = 100_000;
        var download = DownloadAsync(FileAtTheHub(), options => options.StallSeconds = 0.2);
        await UntilAsync(() => HasBegun);
        hub.StallAfter = null;

        await download;

        Assert.Equal(content, await File.ReadAllBytesAsync(Target, Cancelled));
    }

    [Fact]
    public async Task A_file_with_another_checksum_is_thrown_away()
    {
        Serve(10_000);

        var refused = await Assert.ThrowsAsync<ModelLoadException>(() => DownloadAsync(FileAtTheHub() with { Sha256 = new string('0', 64) }));

        Assert.Contains("checksum", refused.Message);
        Assert.False(File.Exists(Target));
        Assert.Equal(0, new FileInfo(Part).Length);
    }

    [Fact]
    public async Task What_lay_there_of_another_version_is_fetched_anew()
    {
        var content = Serve(50_000);
        Directory.CreateDirectory(Path.GetDirectoryName(Part)!);
        await File.WriteAllBytesAsync(Part, new byte[20_000], Cancelled);

        await DownloadAsync(FileAtTheHub());

        Assert.Equal(content, await File.ReadAllBytesAsync(Target, Cancelled));
    }

    [Fact]
    public async Task Without_a_network_the_message_says_what_to_do()
    {
        using var closed = new TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var nowhere = new Uri($"http://{closed.LocalEndpoint}/");
        closed.Stop();

        var refused = await Assert.ThrowsAsync<ModelLoadException>(() => DownloadAsync(FileAtTheHub(), options => (options.BaseAddress, options.Attempts) = (nowhere, 2)));

        Assert.Contains($"cannot be downloaded from {nowhere.GetLeftPart(UriPartial.Authority)}", refused.Message);
        Assert.Contains($"'llm/{_name}'", refused.Message);
        Assert.Contains("Models:BaseAddress", refused.Message);
        Assert.Contains("Models:Profile", refused.Message);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task A_file_that_the_mirror_lacks_is_not_asked_for_again_and_again()
    {
        var refused = await Assert.ThrowsAsync<ModelLoadException>(() => DownloadAsync(FileAtTheHub()));

        Assert.Contains("answered 404", refused.Message);
    }

    [Fact]
    public async Task A_mirror_that_has_a_file_of_another_size_is_told()
    {
        Serve(10_000);

        var refused = await Assert.ThrowsAsync<ModelLoadException>(() => DownloadAsync(FileAtTheHub() with { Size = 20_000 }));

        Assert.Contains("offers 10000 bytes", refused.Message);
    }

    [Fact]
    public async Task A_file_that_nobody_vouches_for_is_refused()
    {
        Serve(10_000);
        hub.StatesChecksums = false;
        try
        {
            var refused = await Assert.ThrowsAsync<ModelLoadException>(() => DownloadAsync(FileAtTheHub()));

            Assert.Contains("states a checksum", refused.Message);
        }
        finally
        {
            hub.StatesChecksums = true;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    private byte[] Serve(int bytes) => hub.Files[$"someone/models/resolve/main/{_name}"] = RandomNumberGenerator.GetBytes(bytes);

    private CatalogFile FileAtTheHub() => new() { Path = $"llm/{_name}", Url = new Uri($"https://hub.invalid/someone/models/resolve/main/{_name}") };

    private async Task DownloadAsync(CatalogFile file, Action<ModelsOptions>? change = null, CancellationToken? cancel = null)
    {
        var options = new ModelsOptions { BaseAddress = hub.Address, RetrySeconds = 0.01 };
        change?.Invoke(options);
        using var downloader = new ModelDownloader(Options.Create(options), TimeProvider.System);
        await downloader.DownloadAsync(file, Target, _said.Add, cancel ?? Cancelled);
    }
}
