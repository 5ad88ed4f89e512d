using Microsoft.ML.OnnxRuntime;

namespace SpeechBot.Stt.Hearing;

/// <summary>One stream of sound through <see cref="VoiceActivityModel"/>, with the network's memory of it. Not for several threads.</summary>
public sealed class VoiceActivityStream : IDisposable
{
    // The network sees the last 64 samples of the window before as well.
    private const int ContextSamples = 64;
    private const int StateSize = 2 * 128;

    // Long silence dulls the network: it starts afresh when about 2 s went by and the last windows were clearly quiet.
    private const int WindowsBetweenResets = 62;
    private const int QuietWindowsBeforeReset = 5;
    private const float ClearlyQuiet = 0.1f;

    private static readonly string[] InputNames = ["input", "state", "sr"];
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[] _input = new float[ContextSamples + VoiceActivityModel.WindowSamples];
    private readonly float[] _state = new float[StateSize];
    private readonly OrtValue[] _inputs;
    private int _windowsSinceReset;
    private int _quietWindows;

    internal VoiceActivityStream(InferenceSession session)
    {
        _session = session;
        _inputs =
        [
            OrtValue.CreateTensorValueFromMemory(_input, [1, _input.Length]),
            OrtValue.CreateTensorValueFromMemory(_state, [2, 1, 128]),
            OrtValue.CreateTensorValueFromMemory(new long[] { 16_000 }, []),
        ];
    }

    /// <summary>How likely somebody speaks in the next window, 0 to 1. Takes 0.1 ms.</summary>
    /// <param name="window">512 samples at 16 kHz.</param>
    public float Next(ReadOnlySpan<float> window)
    {
        window.CopyTo(_input.AsSpan(ContextSamples));
        float probability;
        using (var results = _session.Run(_runOptions, InputNames, _inputs, _session.OutputNames))
        {
            probability = results[0].GetTensorDataAsSpan<float>()[0];
            results[1].GetTensorDataAsSpan<float>().CopyTo(_state);
        }

        _input.AsSpan(VoiceActivityModel.WindowSamples).CopyTo(_input);
        ForgetSilence(probability);
        return probability;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var input in _inputs)
        {
            input.Dispose();
        }

        _runOptions.Dispose();
    }

    private void ForgetSilence(float probability)
    {
        _windowsSinceReset++;
        _quietWindows = probability < ClearlyQuiet ? _quietWindows + 1 : 0;
        if (_windowsSinceReset >= WindowsBetweenResets && _quietWindows >= QuietWindowsBeforeReset)
        {
            Array.Clear(_input);
            Array.Clear(_state);
            (_windowsSinceReset, _quietWindows) = (0, 0);
        }
    }
}
