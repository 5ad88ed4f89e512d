namespace SpeechBot.Tests.Support;

/// <summary>The starter models that the repository brings along.</summary>
public static class TestModels
{
    private const string Variable = "SPEECHBOT_TEST_MODELS";

    /// <summary>The folder <c>models/</c> of the repository, or the one that SPEECHBOT_TEST_MODELS names.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable(Variable) ?? Find();

    /// <summary>The file of the starter ears.</summary>
    public static string StarterEars => Path("stt/ggml-tiny.en-q8_0.bin");

    /// <summary>The file of the starter brain.</summary>
    public static string StarterBrain => Path("llm/SmolLM2-135M-Instruct.Q4_1.gguf");

    /// <summary>The file of the starter voice.</summary>
    public static string StarterVoice => Path("tts/en_US-joe-medium.onnx");

    /// <summary>A second name for a model's file in another folder: a link, or a copy where links are not allowed.</summary>
    public static string Twin(string original, string folder, string name)
    {
        Directory.CreateDirectory(folder);
        var twin = System.IO.Path.Combine(folder, name);
        try
        {
            File.CreateSymbolicLink(twin, original);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Copy(original, twin);
        }

        return twin;
    }

    /// <summary>Path of a model, such as <c>stt/ggml-tiny.en-q8_0.bin</c>.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Folder, relative);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(System.IO.Path.Combine(folder.FullName, "models", "stt")))
            {
                return System.IO.Path.Combine(folder.FullName, "models");
            }
        }

        throw new DirectoryNotFoundException(
            $"No folder models/stt was found above {AppContext.BaseDirectory}. Set {Variable} to the folder that holds the starter models.");
    }
}
