using Microsoft.ML.OnnxRuntime;
using SpeechBot.Stt.Networks;

namespace SpeechBot.Stt.Hearing;

/// <summary>Silero VAD (github.com/snakers4/silero-vad): 32 ms of sound → how likely somebody speaks. One network for all streams.</summary>
public sealed class VoiceActivityModel(string path) : IDisposable
{
    /// <summary>Samples of a window at 16 kHz.</summary>
    public const int WindowSamples = 512;

    private readonly InferenceSession _session = OnnxSessions.Open(path, "Hearing:VoicePath");

    /// <summary>Begins a stream of its own.</summary>
    public VoiceActivityStream CreateStream() => new(_session);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
