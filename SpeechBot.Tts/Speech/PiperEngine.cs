using Microsoft.ML.OnnxRuntime;
using SpeechBot.ServiceDefaults.Models;

namespace SpeechBot.Tts.Speech;

/// <summary>
/// Speaks with a Piper voice (VITS) on ONNX Runtime. It holds the network twice, because a session's threads are fixed: with several threads
/// for a first clause, which somebody waits for, and with one for all others, which are made while the answer is heard and the language
/// model works.
/// </summary>
public sealed class PiperEngine : ISpeechEngine
{
    private readonly PiperVoiceFile _file;
    private readonly InferenceSession _urgent;
    private readonly InferenceSession _patient;

    private PiperEngine(PiperVoiceFile file, IReadOnlyList<VoiceDescription> voices, InferenceSession urgent, InferenceSession patient, string accelerator) =>
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
    public float[] Speak(string phonemes, SpeechStyle style, CancellationToken cancellationToken)
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
        var several = style.Voice.Speaker is not null;
        string[] names = several ? ["input", "input_lengths", "scales", "sid"] : ["input", "input_lengths", "scales"];
        OrtValue[] values = several ? [input, inputLengths, inputScales, inputSpeaker] : [input, inputLengths, inputScales];

        var session = style.IsUrgent ? _urgent : _patient;
        using var run = new RunOptions();
        using var stop = cancellationToken.Register(() => run.Terminate = true);
        try
        {
            using var outputs = session.Run(run, names, values, session.OutputNames);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SpeechException($"The voice {style.Voice.Id} could not speak a clause of {phonemes.Length} phonemes: {exception.Message}", exception);
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

    private static PiperEngine Load(string path, PiperVoiceFile file, int threads, bool cuda, string where, OptimisedVoices? optimised)
    {
        var copy = cuda ? null : optimised?.Find(path);
        try
        {
            return Open(path, copy ?? path, file, threads, cuda, where);
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

    private static PiperEngine Open(string path, string network, PiperVoiceFile file, int threads, bool cuda, string accelerator)
    {
        if (threads == 1 || cuda)
        {
            var only = Checked(path, OnnxVoiceSession.Open(network, threads, cuda));
            return new PiperEngine(file, file.Describe(path), only, only, accelerator);
        }

        // A session loads on one thread: together they take as long as one.
        var patient = Task.Run(() => OnnxVoiceSession.Open(network, 1, cuda));
        var urgent = Checked(path, OnnxVoiceSession.Open(network, threads, cuda));
        return new PiperEngine(file, file.Describe(path), urgent, patient.GetAwaiter().GetResult(), accelerator);
    }

    private static InferenceSession Checked(string path, InferenceSession session)
    {
        if (session.InputMetadata.ContainsKey("input") && session.InputMetadata.ContainsKey("scales"))
        {
            return session;
        }

        var inputs = string.Join(", ", session.InputMetadata.Keys);
        session.Dispose();
        throw new ModelLoadException($"'{path}' is an ONNX network but not a Piper voice: its inputs are {inputs}; input, input_lengths and scales were expected. Set Tts:VoicePath to a Piper voice.", path);
    }
}
