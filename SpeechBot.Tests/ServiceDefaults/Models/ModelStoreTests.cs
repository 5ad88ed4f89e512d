using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.ServiceDefaults.Models;

public sealed class ModelStoreTests : IDisposable
{
    private readonly DirectoryInfo _downloads = Directory.CreateTempSubdirectory("speechbot-downloads-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_starter_profile_is_the_bundled_models()
    {
        var store = Store();

        Assert.Equal(TestModels.StarterEars, await ChosenAsync(store, "stt"));
        Assert.Equal(TestModels.StarterBrain, await ChosenAsync(store, "llm"));
        Assert.Equal(TestModels.StarterVoice, await ChosenAsync(store, "tts"));
    }

    [Fact]
    public async Task A_path_goes_before_an_id_and_an_id_before_the_profile()
    {
        var twin = TestModels.Twin(TestModels.StarterBrain, Path.Combine(_downloads.FullName, "llm"), "Twin.gguf");
        var store = Store(options => (options.Profile, options.Llm) = ("desktop", "twin"));

        Assert.Equal(twin, await ChosenAsync(store, "llm"));
        Assert.Equal(TestModels.StarterBrain, await ChosenAsync(store, "llm", path: "llm/SmolLM2-135M-Instruct.Q4_1.gguf"));
    }

    [Fact]
    public void What_lies_in_the_folders_can_be_chosen_beside_the_catalog()
    {
        TestModels.Twin(TestModels.StarterBrain, Path.Combine(_downloads.FullName, "llm"), "Twin.gguf");

        var models = Store().List("llm");

        Assert.Equal(TestModels.StarterBrain, models.Single(model => model.Id == "SmolLM2-135M-Instruct.Q4_1").Path);
        Assert.NotNull(models.Single(model => model.Id == "Twin").Path);
        Assert.Null(models.Single(model => model.Id == "Qwen2.5.1-Coder-7B-Instruct-Q4_K_M").Path);
    }

    [Fact]
    public async Task An_unknown_profile_is_told_with_the_known_ones()
    {
        var refused = await Assert.ThrowsAsync<ModelLoadException>(() => ChosenAsync(Store(options => options.Profile = "palace"), "llm"));

        Assert.Contains("'palace'", refused.Message);
        Assert.Contains("starter, laptop, desktop", refused.Message);
    }

    [Fact]
    public async Task An_unknown_model_is_told_with_the_known_ones()
    {
        var refused = await Assert.ThrowsAsync<ModelLoadException>(() => ChosenAsync(Store(options => options.Tts = "../../etc/passwd"), "tts"));

        Assert.Contains("Models:Tts", refused.Message);
        Assert.Contains("en_US-joe-medium", refused.Message);
    }

    public void Dispose() => _downloads.Delete(recursive: true);

    private static Task<string> ChosenAsync(ModelStore store, string kind, string? path = null) => store.ChosenAsync(kind, path, "a setting", _ => { }, Cancelled);

    private ModelStore Store(Action<ModelsOptions>? change = null)
    {
        var options = new ModelsOptions { Downloads = _downloads.FullName };
        change?.Invoke(options);
        var folder = ModelCatalogTests.Folder(TestModels.Folder);
        return new ModelStore(folder, new ModelCatalog(folder), new ModelDownloader(Options.Create(options), TimeProvider.System), Options.Create(options));
    }
}
