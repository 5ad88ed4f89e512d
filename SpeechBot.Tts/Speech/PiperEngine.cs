using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// Speaks with a Piper voice (VITS) on ONNX Runtime. It holds the network twice, because a session's threads are fixed: with several threads
/// for the beginning of a first clause, which somebody waits for, and with one for all the rest, which is made while the answer is heard and
/// the language model works.
/// </summary>
public sealed class PiperEngine : ISpeechEngine
{
    // In frames, of which a voice has 86 a second: a third of a second is heard while the rest is made, which takes half of that on one slow
    // core. Longer clauses are made in pieces of 3 s, so that they take no more memory than others.
    private const int FirstPiece = 28;
    private const int LaterPiece = 256;
    private const int LeastPiece = 20;

    private readonly PiperVoiceFile _file;
    private readonly PiperNetwork _urgent;
    private readonly PiperNetwork _patient;

    private PiperEngine(PiperVoiceFile file, IReadOnlyList<VoiceDescription> voices, PiperNetwork urgent, PiperNetwork patient, string accelerator) =>
        (_file, Voices, _urgent, _patient, Accelerator) = (file, voices, urgent, patient, accelerator);

    /// <inheritdoc/>
    public IReadOnlyList<VoiceDescription> Voices { get; }

    /// <inheritdoc/>
    public string Accelerator { get; }

    /// <summary>Loads a voice and its settings.</summary>
    /// <param name="path">The ONNX file; <c>.onnx.json</c> lies beside it.</param>
    /// <param name="threads">Threads for first clauses.</param>
    /// <param name="accelerator">Where to run.</param>
    /// <param name="optimised">Where copies that load faster are kept, or null to load the file as it is.</param>
    /// <exception cref="ModelLoadException">The voice cannot be used; the message says why and what to do.</exception>
    public static PiperEngine Load(string path, int threads, Accelerator accelerator, OptimisedVoices? optimised = null)
    {
        var file = PiperVoiceFile.Read(path);
        var cuda = accelerator != ServiceDefaults.Models.Accelerator.Cpu && OnnxVoiceSession.HasCuda;
        var where = cuda ? "cuda"
            : accelerator == ServiceDefaults.Models.Accelerator.Cuda ? "cpu (CUDA was asked for, but this build has no CUDA packages; build with -p:Accelerator=cuda)"
            : "cpu";
        return Load(path, file, threads, cuda, where, optimised);
    }

    /// <inheritdoc/>
    public IEnumerable<float[]> Speak(string phonemes, SpeechStyle style, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ids = _file.Ids(phonemes);
        var inference = _file.Inference;
        long[] lengths = [ids.Length];
        float[] scales = [inference.NoiseScale, (float)(inference.LengthScale / style.Speed), inference.NoiseW];
        long[] speaker = [style.Voice.Speaker ?? 0];

        using var input = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
        using var inputLengths = OrtValue.CreateTensorValueFromMemory(lengths, [1]);
        using var inputScales = OrtValue.CreateTensorValueFromMemory(scales, [3]);
        using var inputSpeaker = OrtValue.CreateTensorValueFromMemory(speaker, [1]);
        var inputs = new Dictionary<string, OrtValue> { ["input"] = input, ["input_lengths"] = inputLengths, ["scales"] = inputScales, ["sid"] = inputSpeaker };

        var network = style.UseAllCores ? _urgent : _patient;
        using var run = new RunOptions();
        using var stop = cancellationToken.Register(() => run.Terminate = true);
        using var begun = Run(() => network.Begin(inputs, run), style, phonemes, cancellationToken);
        foreach (var frames in Pieces(network.Frames(begun), style.IsUrgent))
        {
            yield return Run(() => network.Finish(begun, frames, inputs, run), style, phonemes, cancellationToken);

            // Those who listen have time now.
            network = _patient;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _urgent.Dispose();
        if (!ReferenceEquals(_urgent, _patient))
        {
            _patient.Dispose();
        }
    }

    private static IEnumerable<Range> Pieces(int frames, bool urgent)
    {
        var from = 0;
        for (var size = urgent ? FirstPiece : LaterPiece; from < frames; size = LaterPiece)
        {
            // What is little more than a piece is one.
            var end = frames - from < size + LeastPiece ? frames : from + size;
            yield return from..end;
            from = end;
        }
    }

    private static T Run<T>(Func<T> work, SpeechStyle style, string phonemes, CancellationToken cancellationToken)
    {
        try
        {
            return work();
        }
        catch (OnnxRuntimeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SpeechException($"The voice {style.Voice.Id} could not speak a clause of {phonemes.Length} phonemes: {exception.Message}", exception);
        }
    }

    private static PiperEngine Load(string path, PiperVoiceFile file, int threads, bool cuda, string where, OptimisedVoices? optimised)
    {
        var copy = cuda ? null : optimised?.Find(path);
        try
        {
            return Open(path, copy, file, threads, cuda, where);
        }
        catch (OnnxRuntimeException exception) when (copy is not null)
        {
            optimised!.Forget(copy, exception);
            return Load(path, file, threads, cuda, where, optimised: null);
        }
        catch (OnnxRuntimeException exception) when (cuda)
        {
            return Load(path, file, threads, cuda: false, $"cpu (no CUDA device can be used: {exception.Message})", optimised);
        }
        catch (OnnxRuntimeException exception)
        {
            throw OnnxVoiceSession.Unreadable(path, exception);
        }
    }

    private static PiperEngine Open(string path, OptimisedVoice? copy, PiperVoiceFile file, int threads, bool cuda, string accelerator)
    {
        // On a GPU a clause at once takes no longer than a piece of it.
        var halves = cuda || copy is not null ? null : PiperHalves.Of(path);
        PiperNetwork Network(int count) =>
            copy is not null ? PiperNetwork.Open(path, copy, count) : halves is not null ? PiperNetwork.Open(path, halves, count) : PiperNetwork.Open(path, count, cuda);

        if (threads == 1 || cuda)
        {
            var only = Network(threads);
            return new PiperEngine(file, file.Describe(path), only, only, accelerator);
        }

        // A session loads on one thread: together they take as long as one.
        var patient = Task.Run(() => Network(1));
        var urgent = Network(threads);
        return new PiperEngine(file, file.Describe(path), urgent, patient.GetAwaiter().GetResult(), accelerator);
    }
}
