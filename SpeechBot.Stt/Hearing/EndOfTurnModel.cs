using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using SpeechBot.Stt.Networks;

namespace SpeechBot.Stt.Hearing;

/// <summary>
/// smart-turn (github.com/pipecat-ai/smart-turn): the last 8 s of a voice → how likely the speaker has finished. It listens to the melody,
/// not to the words. About 50 ms on one core.
/// </summary>
public sealed class EndOfTurnModel(string path) : IDisposable
{
    private const int Samples = 8 * 16_000;
    private const int Frames = 800;
    private static readonly string[] InputNames = ["input_features"];

    private readonly InferenceSession _session = OnnxSessions.Open(path, "Hearing:TurnPath");
    private readonly RunOptions _runOptions = new();
    private readonly ThreadLocal<LogMelSpectrogram> _features = new(() => new LogMelSpectrogram());

    /// <summary>How likely the speaker has finished, 0 to 1; above 0.5 is finished.</summary>
    /// <param name="samples">16 kHz, with the silence after the last word; what is older than 8 s is not heard.</param>
    public float Ask(ReadOnlySpan<float> samples)
    {
        var features = _features.Value!.Compute(Normalise(samples), Frames);
        using var input = OrtValue.CreateTensorValueFromMemory(features, [1, LogMelSpectrogram.Bands, Frames]);
        using var results = _session.Run(_runOptions, InputNames, [input], _session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
        _features.Dispose();
    }

    // Silence in front up to 8 s, zero mean, unit variance: what the network was trained on.
    private static float[] Normalise(ReadOnlySpan<float> samples)
    {
        var audio = new float[Samples];
        var tail = samples.Length > Samples ? samples[^Samples..] : samples;
        tail.CopyTo(audio.AsSpan(Samples - tail.Length));
        var mean = TensorPrimitives.Sum<float>(audio) / Samples;
        TensorPrimitives.Subtract(audio, mean, audio);
        var deviation = MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(audio) / Samples) + 1e-7f);
        TensorPrimitives.Divide(audio, deviation, audio);
        return audio;
    }
}
