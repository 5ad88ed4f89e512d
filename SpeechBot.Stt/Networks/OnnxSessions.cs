using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Stt.Networks;

/// <summary>Opens the networks that listen.</summary>
internal static class OnnxSessions
{
    private const int ExtendedFeatures = 7;
    private const int Avx512Vnni = 1 << 11;

    /// <summary>
    /// Whether the CPU adds products of 8-bit integers without saturating, as those with VNNI do. On others a network answers otherwise than it
    /// was trained to, unless the runtime takes a slower way, which costs half as much again here too.
    /// </summary>
    private static readonly bool AddsExactly =
        AvxVnni.IsSupported || (Avx512BW.VL.IsSupported && (X86Base.CpuId(ExtendedFeatures, 0).Ecx & Avx512Vnni) != 0);

    /// <summary>Opens a small one from a file, with one thread: these run beside a transcription.</summary>
    /// <exception cref="ModelLoadException">The file is no ONNX network that the runtime can read.</exception>
    public static InferenceSession Open(string path, string setting)
    {
        using var options = Options(threads: 1);
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelLoadException($"'{path}' cannot be read as an ONNX network; it may be cut short. Fetch it again, or set {setting} to another one.", path, exception);
        }
    }

    /// <summary>Opens one from memory.</summary>
    public static InferenceSession Open(byte[] network, int threads)
    {
        using var options = Options(threads);
        return new InferenceSession(network, options);
    }

    // A thread that spins while it waits takes a core from others.
    private static Microsoft.ML.OnnxRuntime.SessionOptions Options(int threads)
    {
        var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (!AddsExactly)
        {
            options.AddSessionConfigEntry("session.x64quantprecision", "1");
        }

        return options;
    }
}
