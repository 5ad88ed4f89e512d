using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tts.Speech;

/// <summary>A Piper voice's network (VITS) on a number of threads: in its two halves (<see cref="PiperHalves"/>), or whole.</summary>
internal sealed class PiperNetwork : IDisposable
{
    // The samples of a frame depend on ten frames to either side: with those they are as without a cut, with eight off by -60 dB.
    private const int Context = 10;

    private readonly InferenceSession _first;
    private readonly InferenceSession? _second;

    private PiperNetwork(InferenceSession first, InferenceSession? second) => (_first, _second) = (first, second);

    /// <summary>Opens a voice as it is.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be opened.</exception>
    /// <exception cref="ModelLoadException">It is another kind of network.</exception>
    public static PiperNetwork Open(string path, int threads, bool cuda) => Open(path, OnnxVoiceSession.Open(path, threads, cuda), () => null);

    /// <summary>Opens the halves of a voice.</summary>
    /// <inheritdoc cref="Open(string, int, bool)"/>
    public static PiperNetwork Open(string path, PiperHalves halves, int threads) =>
        Open(path, OnnxVoiceSession.Open(halves.Frames, threads), () => OnnxVoiceSession.Open(halves.Samples, threads));

    /// <summary>Opens the optimised copy of a voice.</summary>
    /// <inheritdoc cref="Open(string, int, bool)"/>
    public static PiperNetwork Open(string path, OptimisedVoice copy, int threads) =>
        Open(path, OnnxVoiceSession.Open(copy.FirstPath, threads, cuda: false), () => copy.SecondPath is { } second ? OnnxVoiceSession.Open(second, threads, cuda: false) : null);

    /// <summary>What the first half makes of a clause: its frames, or its samples where the network is whole.</summary>
    public OrtValue Begin(IDictionary<string, OrtValue> inputs, RunOptions run) => Run(_first, inputs, run);

    /// <summary>How many pieces of sound there could be: frames, or one where the network is whole.</summary>
    public int Frames(OrtValue begun) => _second is null ? 1 : (int)begun.GetTensorTypeAndShape().Shape[^1];

    /// <summary>The samples of some frames.</summary>
    public float[] Finish(OrtValue begun, Range frames, IDictionary<string, OrtValue> inputs, RunOptions run)
    {
        if (_second is null)
        {
            return begun.GetTensorDataAsSpan<float>().ToArray();
        }

        var all = Frames(begun);
        var (from, count) = frames.GetOffsetAndLength(all);
        var (start, end) = (Math.Max(0, from - Context), Math.Min(all, from + count + Context));
        var channels = (int)begun.GetTensorTypeAndShape().Shape[1];
        var slice = new float[channels * (end - start)];
        for (var channel = 0; channel < channels; channel++)
        {
            begun.GetTensorDataAsSpan<float>().Slice((channel * all) + start, end - start).CopyTo(slice.AsSpan(channel * (end - start)));
        }

        using var part = OrtValue.CreateTensorValueFromMemory(slice, [1, channels, end - start]);
        using var made = Run(_second, new Dictionary<string, OrtValue>(inputs) { [_first.OutputNames[0]] = part }, run);
        var samples = made.GetTensorDataAsSpan<float>();
        var each = samples.Length / (end - start);
        return samples.Slice((from - start) * each, count * each).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first.Dispose();
        _second?.Dispose();
    }

    private static PiperNetwork Open(string path, InferenceSession first, Func<InferenceSession?> second)
    {
        try
        {
            return first.InputMetadata.ContainsKey("input") && first.InputMetadata.ContainsKey("scales")
                ? new(first, second())
                : throw new ModelLoadException($"'{path}' is an ONNX network but not a Piper voice: its inputs are {string.Join(", ", first.InputMetadata.Keys)}; input, input_lengths and scales were expected. Set Tts:VoicePath to a Piper voice.", path);
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private static OrtValue Run(InferenceSession session, IDictionary<string, OrtValue> inputs, RunOptions run)
    {
        var values = session.InputNames.Select(name => inputs[name]).ToList();
        return session.Run(run, session.InputNames, values, session.OutputNames)[0];
    }
}
