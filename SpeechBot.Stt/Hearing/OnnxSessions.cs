using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Stt.Hearing;

/// <summary>Opens the small networks that listen.</summary>
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

    /// <summary>
    /// One thread that never spins: these networks run beside a transcription, and a spinning thread would take its core.
    /// </summary>
    /// <exception cref="ModelLoadException">The file is no ONNX network that the runtime can read.</exception>
    public static InferenceSession Open(string path, string setting)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = 1,
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

        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelLoadException($"'{path}' cannot be read as an ONNX network; it may be cut short. Fetch it again, or set {setting} to another one.", path, exception);
        }
    }
}
