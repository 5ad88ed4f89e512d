using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tts.Speech;

/// <summary>Opens a voice's network.</summary>
internal static class OnnxVoiceSession
{
    private const string Cuda = "CUDAExecutionProvider";
    private const string OptimisedExtension = ".ort";

    // Otherwise cuDNN tries out every way to compute a convolution, for each length anew, and hardly two clauses are equally long: a clause
    // took 0.7 s on an H100, and takes 0.1 s so.
    private const string ConvolutionSearch = "DEFAULT";

    // All networks of this process work in the same memory, which stays: a longer clause needs more of it than one before, but hardly two
    // are made at once. An arena for each keeps twice as much, and one that gives back what a long clause took pays for it page by page.
    private static readonly Lazy<bool> OneArena = new(RegisterArena);

    /// <summary>Whether the network can run on a GPU with the packages that this build has.</summary>
    public static bool HasCuda => OrtEnv.Instance().GetAvailableProviders().Contains(Cuda);

    /// <summary>Opens a network.</summary>
    /// <param name="path">The ONNX file, or a copy that <see cref="Optimise"/> has made.</param>
    /// <param name="threads">Threads of one run.</param>
    /// <param name="cuda">Run on the GPU.</param>
    /// <exception cref="OnnxRuntimeException">It cannot be opened.</exception>
    public static InferenceSession Open(string path, int threads, bool cuda)
    {
        using var options = Options(threads, cuda);
        if (path.EndsWith(OptimisedExtension, StringComparison.Ordinal))
        {
            options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
            options.AddSessionConfigEntry("session.use_memory_mapped_ort_model", "1");
            options.AddSessionConfigEntry("session.use_ort_model_bytes_for_initializers", "1");
        }

        return new InferenceSession(path, options);
    }

    /// <summary>Opens a network in memory, to run on the CPU.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be opened.</exception>
    public static InferenceSession Open(byte[] network, int threads)
    {
        using var options = Options(threads, cuda: false);
        return new InferenceSession(network, options);
    }

    /// <summary>Writes a copy in the runtime's own format, optimised for this processor.</summary>
    /// <exception cref="OnnxRuntimeException">The network cannot be opened, or the copy not written.</exception>
    public static void Optimise(byte[] network, string copyPath)
    {
        using var options = Options(threads: 1, cuda: false);
        options.OptimizedModelFilePath = copyPath;
        options.AddSessionConfigEntry("session.save_model_format", "ORT");
        new InferenceSession(network, options).Dispose();
    }

    private static bool RegisterArena()
    {
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var growing = new OrtArenaCfg(0, -1, -1, -1);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, growing);
        return true;
    }

    private static Microsoft.ML.OnnxRuntime.SessionOptions Options(int threads, bool cuda)
    {
        var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // Clauses differ in length: a pattern of one is of no use to the next.
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // A thread that spins while it waits takes a core from the language model.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (cuda)
        {
            using var gpu = new OrtCUDAProviderOptions();
            gpu.UpdateOptions(new Dictionary<string, string> { ["cudnn_conv_algo_search"] = ConvolutionSearch });
            options.AppendExecutionProvider_CUDA(gpu);
        }
        else if (OneArena.Value)
        {
            options.AddSessionConfigEntry("session.use_env_allocators", "1");
        }

        return options;
    }

    /// <summary>The error for a file that is no network.</summary>
    public static ModelLoadException Unreadable(string path, Exception exception) =>
        new($"'{path}' cannot be read as an ONNX voice; it may be cut short, or not be a voice. Fetch it again, or set Tts:VoicePath to another one.", path, exception);
}
