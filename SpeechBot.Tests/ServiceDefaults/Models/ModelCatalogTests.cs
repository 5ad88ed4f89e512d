using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.ServiceDefaults.Models;

public sealed class ModelCatalogTests
{
    private readonly ModelCatalog _catalog = new(Folder(TestModels.Folder));

    [Fact]
    public void Every_profile_names_ears_a_brain_and_a_voice_of_the_catalog()
    {
        Assert.Equal(["starter", "laptop", "desktop"], _catalog.Profiles.Keys);
        Assert.All(_catalog.Profiles.Values, profile => Assert.Equal(["stt", "llm", "tts"], profile.Keys.AsEnumerable()));
        Assert.All(_catalog.Profiles.Values.SelectMany(profile => profile), choice =>
            Assert.Equal(choice.Key, Assert.Single(_catalog.Models, model => model.Id == choice.Value).Kind));
    }

    [Fact]
    public void A_model_is_called_after_its_file_and_says_where_it_comes_from() => Assert.All(_catalog.Models, model =>
    {
        Assert.Equal(Path.GetFileNameWithoutExtension(model.Files[0].Path), model.Id);
        Assert.NotEmpty(model.Licence);
        Assert.All(model.Files, file => Assert.StartsWith($"{model.Kind}/", file.Path));
        Assert.All(model.Files, file => Assert.True(file.Sha256 is null or { Length: 64 }));
        Assert.All(model.Files.Where(file => file.Url is not null), file => Assert.Equal("https", file.Url!.Scheme));
        Assert.Equal(model.Kind == "tts" ? 3 : model.Id == "us_gold" ? 2 : 1, model.Files.Count);
    });

    [Fact]
    public void No_two_models_have_the_same_name() => Assert.Equal(_catalog.Models.Count, _catalog.Models.DistinctBy(model => model.Id.ToUpperInvariant()).Count());

    [Fact]
    public async Task The_bundled_files_are_those_of_the_catalog()
    {
        var bundled = _catalog.Models.Where(model => model.IsBundled).SelectMany(model => model.Files).ToArray();

        Assert.Equal(10, bundled.Length);
        foreach (var file in bundled)
        {
            await using var content = File.OpenRead(TestModels.Path(file.Path));
            Assert.Equal(file.Size, content.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public void Where_the_folder_has_no_catalog_the_built_in_one_counts()
    {
        var elsewhere = new ModelCatalog(Folder(Path.GetTempPath()));

        Assert.Equal(_catalog.Models.Select(model => model.Id), elsewhere.Models.Select(model => model.Id));
    }

    internal static ModelFolder Folder(string path) => new(
        new ConfigurationBuilder().AddInMemoryCollection([new("Models:Path", path)]).Build(),
        new HostingEnvironment { ContentRootPath = AppContext.BaseDirectory });
}
