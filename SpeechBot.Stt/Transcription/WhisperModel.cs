using SpeechBot.ServiceDefaults.Models;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Stt.Networks;
using Whisper.net;
using Whisper.net.LibraryLoader;

namespace SpeechBot.Stt.Transcription;

/// <summary>A Whisper model in memory.</summary>
public sealed class WhisperModel : IDisposable
{
    private readonly WhisperFactory _factory;

    private WhisperModel(WhisperFactory factory, OnnxWhisper? onnx, string path, GgmlModelHeader header, string accelerator)
    {
        (_factory, Onnx) = (factory, onnx);
        Card = new ModelCard(Path.GetFileNameWithoutExtension(path), new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeSeconds(), "openai");
        IsMultilingual = header.IsMultilingual;
        Accelerator = accelerator;
    }

    /// <summary>The name that OpenAI's clients ask for; every model here answers to it.</summary>
    public const string OpenAiAlias = "whisper-1";

    /// <summary>The model as it is listed; its id is the file's name.</summary>
    public ModelCard Card { get; }

    /// <summary>False for English-only models.</summary>
    public bool IsMultilingual { get; }

    /// <summary>Where it runs: cpu or cuda, with the reason in brackets where it is not what was asked for.</summary>
    public string Accelerator { get; }

    /// <summary>The models that a request may name.</summary>
    public IEnumerable<ModelCard> Cards => [Card, Card with { Id = OpenAiAlias }];

    /// <summary>The same model for short audio; null where it cannot be computed that way.</summary>
    internal OnnxWhisper? Onnx { get; }

    /// <summary>Loads a model file, to run as <paramref name="options"/> say. Blocks.</summary>
    /// <exception cref="ModelLoadException">The file is damaged or no ggml Whisper model.</exception>
    public static WhisperModel Load(string path, TranscriptionOptions options)
    {
        var (header, accelerator) = (GgmlModelHeader.Read(path), options.Accelerator);
        if (accelerator == ServiceDefaults.Models.Accelerator.Cpu)
        {
            RuntimeOptions.RuntimeLibraryOrder = [RuntimeLibrary.Cpu, RuntimeLibrary.CpuNoAvx];
        }

        try
        {
            // Flash attention pads its keys without a mask: with a cut encoder it misreads words and loops (docs/latency.md).
            var factory = WhisperFactory.FromPath(path, new WhisperFactoryOptions { UseGpu = accelerator != ServiceDefaults.Models.Accelerator.Cpu, UseFlashAttention = false });
            var onnx = options.UseOnnx && !header.IsMultilingual && !IsOnGpu ? OnnxWhisper.Open(path, options.EffectiveThreads) : null;
            return new WhisperModel(factory, onnx, path, header, DescribeAccelerator(accelerator));
        }
        catch (WhisperModelLoadException exception)
        {
            throw new ModelLoadException($"'{path}' looks like a Whisper model but cannot be loaded; it may be cut short. Fetch it again, or set Stt:ModelPath to another one.", path, exception);
        }
    }

    /// <summary>Starts the description of one run.</summary>
    public WhisperProcessorBuilder CreateBuilder() => _factory.CreateBuilder();

    /// <inheritdoc/>
    public void Dispose()
    {
        Onnx?.Dispose();
        _factory.Dispose();
    }

    private static bool IsOnGpu => RuntimeOptions.LoadedLibrary is RuntimeLibrary.Cuda or RuntimeLibrary.Cuda12;

    private static string DescribeAccelerator(Accelerator asked) => (IsOnGpu, asked) switch
    {
        (true, _) => "cuda",
        (_, ServiceDefaults.Models.Accelerator.Cuda) => "cpu (CUDA was asked for, but there is no CUDA build of Whisper here or it found no device)",
        _ => "cpu",
    };
}
