using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Stt.Networks;

namespace SpeechBot.Stt.Hearing;

/// <summary>
/// smart-turn (github.com/pipecat-ai/smart-turn): the last 8 s of a voice → how likely the speaker has finished. It listens to the melody,
/// not to the words. About 35 ms on one core after a short question, 100 after 8 s.
/// </summary>
public sealed class EndOfTurnModel : IDisposable
{
    private const int Samples = 8 * 16_000;
    private const int FramesPerPosition = 2;
    private const int SamplesPerPosition = Samples / EndOfTurnPlaces.Count;

    // Silence in front of the voice: so many positions by themselves, and behind them as many as this at a time.
    private const int NearVoice = 4;
    private const int Together = 32;

    private static readonly string[] WholeNames = ["input_features"];
    private static readonly string[] Names = [.. WholeNames, EndOfTurnGraph.Where, EndOfTurnGraph.Counts];

    private readonly EndOfTurnPlaces? _places;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly ThreadLocal<LogMelSpectrogram> _features = new(() => new LogMelSpectrogram());

    /// <summary>Opens the network.</summary>
    /// <param name="path">An ONNX file; one that is built in another way than smart-turn 3 hears 8 s at a time.</param>
    /// <exception cref="ModelLoadException">The file is no ONNX network that the runtime can read.</exception>
    public EndOfTurnModel(string path)
    {
        if (EndOfTurnGraph.Of(path) is { } graph)
        {
            InferenceSession? session = null;
            try
            {
                session = OnnxSessions.Open(graph.Network, threads: 1);
                AskShort(session, graph.Places, Normalise([]), NearVoice);
                (_places, _session) = (graph.Places, session);
                return;
            }
            catch (OnnxRuntimeException)
            {
                // It looks like this network and is another: a size that does not change stands in it.
                session?.Dispose();
            }
        }

        _session = OnnxSessions.Open(path, "Hearing:TurnPath");
    }

    /// <summary>How likely the speaker has finished, 0 to 1; above 0.5 is finished.</summary>
    /// <param name="samples">16 kHz, with the silence after the last word; what is older than 8 s is not heard.</param>
    public float Ask(ReadOnlySpan<float> samples)
    {
        var audio = Normalise(samples);
        return _places is null ? AskWhole(audio) : AskShort(_session, _places, audio, Math.Min(EndOfTurnPlaces.Count, (samples.Length / SamplesPerPosition) + 1 + NearVoice));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
        _features.Dispose();
    }

    private float AskWhole(float[] audio)
    {
        const int Frames = EndOfTurnPlaces.Count * FramesPerPosition;
        using var input = OrtValue.CreateTensorValueFromMemory(_features.Value!.Compute(audio, Frames), [1, LogMelSpectrogram.Bands, Frames]);
        return Run(_session, WholeNames, input);
    }

    private float AskShort(InferenceSession session, EndOfTurnPlaces places, float[] audio, int heard)
    {
        // One position more than is heard: how silence sounds.
        var silent = EndOfTurnPlaces.Count - heard;
        var known = Math.Min(heard + 1, EndOfTurnPlaces.Count);
        var features = _features.Value!.Compute(audio.AsSpan(Samples - (known * SamplesPerPosition)), known * FramesPerPosition);
        var strips = (silent + Together - 1) / Together;
        var positions = strips + heard;
        var frames = positions * FramesPerPosition;
        var input = new float[LogMelSpectrogram.Bands * frames];
        for (var band = 0; band < LogMelSpectrogram.Bands; band++)
        {
            var row = features.AsSpan(band * known * FramesPerPosition, known * FramesPerPosition);
            input.AsSpan(band * frames, strips * FramesPerPosition).Fill(row[0]);
            row[^(heard * FramesPerPosition)..].CopyTo(input.AsSpan((band * frames) + (strips * FramesPerPosition)));
        }

        var where = new float[positions * places.Width];
        var counts = new float[positions];
        for (var (position, first) = (0, 0); position < positions; position++)
        {
            // The odd one is the farthest.
            var count = position >= strips ? 1 : position > 0 ? Together : silent - ((strips - 1) * Together);
            places.Read(first, count, where.AsSpan(position * places.Width, places.Width));
            counts[position] = MathF.Log(count);
            first += count;
        }

        using var inputValue = OrtValue.CreateTensorValueFromMemory(input, [1, LogMelSpectrogram.Bands, frames]);
        using var whereValue = OrtValue.CreateTensorValueFromMemory(where, [positions, places.Width]);
        using var countsValue = OrtValue.CreateTensorValueFromMemory(counts, [positions]);
        return Run(session, Names, inputValue, whereValue, countsValue);
    }

    private float Run(InferenceSession session, string[] names, params OrtValue[] inputs)
    {
        using var results = session.Run(_runOptions, names, inputs, session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    /// <summary>Silence in front up to 8 s, zero mean, unit variance: what the network was trained on.</summary>
    internal static float[] Normalise(ReadOnlySpan<float> samples)
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
