using System.Text;
using Microsoft.ML.OnnxRuntime;
using SpeechBot.Stt.Transcription;

namespace SpeechBot.Stt.Networks;

/// <summary>
/// An English-only Whisper model, computed by ONNX Runtime: the same weights and the same rules as whisper.cpp's, and a short question in
/// less than half the time, because a whole matrix is multiplied at once and not row by row (docs/ears.md). One run at a time.
/// </summary>
internal sealed class OnnxWhisper : IDisposable
{
    // In memory the encoder is four times as large as in the file.
    private const long LargestFile = 128 << 20;
    private const int SamplesPerPosition = TranscriptionRequest.SampleRate / 50;

    // That close to the end of the audio whatever follows is no speech.
    private const int LastPositions = 5;

    // Of what the network itself takes for silence, it only writes down what it is sure of.
    private const double Silence = 0.6;
    private const double Unsure = -1;

    private readonly Lock _running = new();
    private readonly GgmlFile _file;
    private readonly Networks _oneThread;
    private readonly Networks _allThreads;
    private readonly float[] _positions;
    private readonly float[] _order;
    private readonly float[] _logits = new float[WhisperTokens.Count];
    private readonly string[] _heard;
    private readonly string[] _known;
    private readonly string[] _wanted;
    private readonly LogMelSpectrogram _features = new();

    private OnnxWhisper(GgmlFile file, int threads)
    {
        _file = file;
        var (encoder, decoder) = (WhisperGraphs.Encoder(file), WhisperGraphs.Decoder(file));
        _oneThread = Networks.Open(encoder, decoder, 1);
        _allThreads = threads > 1 ? Networks.Open(encoder, decoder, threads) : _oneThread;
        (_positions, _order) = (file.Read("encoder.positional_embedding"), file.Read("decoder.positional_embedding"));
        _heard = Names("cross");
        _known = ["tokens", .. Names("past"), .. _heard];
        _wanted = [.. Names("present"), "logits"];

        string[] Names(string of) => [.. Enumerable.Range(0, file.TextLayers).SelectMany(layer => (string[])[$"{of}_key_{layer}", $"{of}_value_{layer}"])];
    }

    /// <summary>Opens a model that whisper.cpp has loaded already. Blocks.</summary>
    /// <param name="path">The ggml file.</param>
    /// <param name="threads">The most that a run will have.</param>
    /// <returns>Null where it is too large, not in the format Q8_0, or nothing that the runtime can compute.</returns>
    public static OnnxWhisper? Open(string path, int threads)
    {
        if (new FileInfo(path).Length > LargestFile || GgmlFile.Open(path) is not { } file)
        {
            return null;
        }

        try
        {
            if (file is { Bands: LogMelSpectrogram.Bands, Vocabulary: WhisperTokens.Count })
            {
                return new OnnxWhisper(file, threads);
            }
        }
        catch (OnnxRuntimeException)
        {
            // An operator that this build of the runtime has not: whisper.cpp computes everything then.
        }

        file.Dispose();
        return null;
    }

    /// <summary>Transcribes a piece as one segment. Blocks, and ends soon after it is cancelled.</summary>
    /// <param name="samples">16 kHz mono; less than the encoder knows.</param>
    /// <param name="positions">How much of the encoder to use; what the audio does not fill is silence.</param>
    /// <param name="limit">The most tokens.</param>
    /// <param name="threads">One, or all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where nobody spoke.</returns>
    public TranscriptSegment? Run(ReadOnlySpan<float> samples, int positions, int limit, int threads, CancellationToken cancellationToken)
    {
        using var run = new RunOptions();
        using var stop = cancellationToken.Register(() => run.Terminate = true);
        try
        {
            lock (_running)
            {
                var networks = threads > 1 ? _allThreads : _oneThread;
                using var heard = Hear(networks, run, samples, positions);
                return Write(networks, run, heard, samples.Length, limit, cancellationToken);
            }
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A network that is closed in the middle of a run takes the process with it.
        lock (_running)
        {
            _oneThread.Dispose();
            if (_allThreads != _oneThread)
            {
                _allThreads.Dispose();
            }

            _file.Dispose();
        }
    }

    private Layers Hear(Networks networks, RunOptions run, ReadOnlySpan<float> samples, int positions)
    {
        var padded = new float[positions * SamplesPerPosition];
        samples[..Math.Min(samples.Length, padded.Length)].CopyTo(padded);
        using var mel = OrtValue.CreateTensorValueFromMemory(_features.Compute(padded, positions * 2), [1, _file.Bands, positions * 2]);
        using var places = Tensor(_positions.AsMemory(0, positions * _file.Width), 1, positions, _file.Width);
        return new Layers(networks.Encoder.Run(run, ["mel", "positions"], [mel, places], _heard));
    }

    private TranscriptSegment? Write(Networks networks, RunOptions run, Layers heard, int samples, int limit, CancellationToken cancellationToken)
    {
        var (tokens, sum, silence) = (new List<int>(), 0d, 0d);
        var last = (samples / SamplesPerPosition) - LastPositions;
        var past = Empty();
        try
        {
            while (tokens.Count < limit)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var logits = Step(networks, run, tokens.Count == 0 ? WhisperTokens.Start : tokens[^1], tokens.Count, ref past, heard);
                silence = tokens.Count == 0 ? WhisperTokens.NoSpeechProbability(logits) : silence;
                var (token, logProbability) = WhisperTokens.Next(logits, tokens);
                sum += logProbability;
                if (token == WhisperTokens.End)
                {
                    break;
                }

                tokens.Add(token);
                if (token > WhisperTokens.FirstTimestamp && token - WhisperTokens.FirstTimestamp >= last)
                {
                    break;
                }
            }
        }
        finally
        {
            past.Dispose();
        }

        var average = sum / Math.Max(1, tokens.Count);
        var text = Encoding.UTF8.GetString([.. tokens.Where(token => token < WhisperTokens.End).SelectMany(token => _file.Words[token])]).Trim();
        return text.Length == 0 || (silence > Silence && average < Unsure)
            ? null
            : new TranscriptSegment(SegmentConverter.IsSoundNote(text) ? "" : text, TimeSpan.Zero, TimeSpan.FromSeconds((double)samples / TranscriptionRequest.SampleRate), "en")
            {
                Tokens = tokens,
                AverageLogProbability = average,
                NoSpeechProbability = silence,
            };
    }

    /// <summary>One token further: what may follow it, until the next step. <paramref name="past"/> becomes what the next step looks back on.</summary>
    private float[] Step(Networks networks, RunOptions run, int token, int place, ref Layers past, Layers heard)
    {
        var row = _file.ReadRow($"{WhisperGraphs.Tokens}.weight", token);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] += _order[(place * row.Length) + i];
        }

        using var next = Tensor(row, 1, 1, row.Length);
        var results = networks.Decoder.Run(run, _known, [next, .. past.Values, .. heard.Values], _wanted);
        past.Dispose();
        past = new Layers([.. results.SkipLast(1)]);
        using var logits = results[^1];
        logits.GetTensorDataAsSpan<float>().CopyTo(_logits);
        return _logits;
    }

    private Layers Empty() => new([.. Enumerable.Range(0, 2 * _file.TextLayers).Select(_ => Tensor(Memory<float>.Empty, 1, _file.TextHeads, 0, _file.Width / _file.TextHeads))]);

    private static OrtValue Tensor(Memory<float> values, params long[] shape) => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);

    private sealed record Networks(InferenceSession Encoder, InferenceSession Decoder) : IDisposable
    {
        public static Networks Open(byte[] encoder, byte[] decoder, int threads) => new(OnnxSessions.Open(encoder, threads), OnnxSessions.Open(decoder, threads));

        public void Dispose()
        {
            Encoder.Dispose();
            Decoder.Dispose();
        }
    }

    /// <summary>Key and value of each layer of the decoder.</summary>
    private sealed record Layers(IReadOnlyCollection<OrtValue> Values) : IDisposable
    {
        public void Dispose()
        {
            foreach (var value in Values)
            {
                value.Dispose();
            }
        }
    }
}
