using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpeechBot.Llm.Replies;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Llm;

public sealed class RequantisedModelsTests : IDisposable
{
    private const string Q4_1 = "3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brains");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_starter_model_is_copied_once_and_keeps_its_name()
    {
        Assert.Equal("SmolLM2-135M-Instruct.Q4_1", await StartAsync(TestModels.StarterBrain));
        var copy = Assert.Single(Directory.GetFiles(_folder.FullName));
        var written = File.GetLastWriteTimeUtc(copy);
        Assert.InRange(new FileInfo(copy).Length, 130_000_000, 160_000_000);

        Assert.Equal("SmolLM2-135M-Instruct.Q4_1", await StartAsync(TestModels.StarterBrain));
        Assert.Equal(copy, Assert.Single(Directory.GetFiles(_folder.FullName)));
        Assert.Equal(written, File.GetLastWriteTimeUtc(copy));
        Assert.Equal(copy, Models(_folder.FullName).Find(TestModels.StarterBrain));
    }

    [Fact]
    public async Task A_damaged_copy_is_made_anew()
    {
        await StartAsync(TestModels.StarterBrain);
        var copy = Assert.Single(Directory.GetFiles(_folder.FullName));
        var length = new FileInfo(copy).Length;
        await using (var damaged = File.OpenWrite(copy))
        {
            damaged.SetLength(1000);
        }

        await StartAsync(TestModels.StarterBrain);

        Assert.Equal(length, new FileInfo(copy).Length);
        Assert.Equal(copy, Assert.Single(Directory.GetFiles(_folder.FullName)));
    }

    [Fact]
    public void What_gains_nothing_is_not_copied()
    {
        var models = Models(_folder.FullName);
        var large = Path.Combine(_folder.CreateSubdirectory("large").FullName, "large.gguf");
        using (var file = File.Create(large))
        {
            file.SetLength(200_000_000);
        }

        Assert.Null(models.Make(TestModels.StarterBrain, format: "7", _ => { }));
        Assert.Null(models.Make(TestModels.StarterBrain, format: null, _ => { }));
        Assert.Null(models.Make(large, Q4_1, _ => { }));
        Assert.Null(models.Find(large));
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Without_a_place_for_copies_there_are_none()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        Assert.Null(Models("off").Make(TestModels.StarterBrain, Q4_1, _ => { }));
        Assert.Null(Models(Path.Combine(file, "below")).Make(TestModels.StarterBrain, Q4_1, _ => { }));
        Assert.Null(Models(Path.Combine(file, "below")).Find(TestModels.StarterBrain));
        Assert.Null(Models(_folder.FullName).Find(Path.Combine(_folder.FullName, "nothing.gguf")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // The name that requests use for it.
    private async Task<string> StartAsync(string model)
    {
        await using var service = new WebApplicationFactory<ReplyOptions>().WithWebHostBuilder(builder => builder
            .UseSetting("Llm:Nice", "0").UseSetting("Cores:Lease", "off").UseSetting("Llm:CachePath", _folder.FullName).UseSetting("Llm:ModelPath", model));
        using var client = service.CreateClient();
        var readiness = service.Services.GetRequiredService<ModelReadiness>();
        await readiness.WhenReady.WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
        return readiness.Model!;
    }

    private static RequantisedModels Models(string path) =>
        new(Options.Create(new ReplyOptions { CachePath = path }), NullLogger<RequantisedModels>.Instance);
}
