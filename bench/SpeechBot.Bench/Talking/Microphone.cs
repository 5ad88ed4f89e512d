using System.Collections.Concurrent;
using System.Diagnostics;
using SpeechBot.Bench.Realtime;
using SpeechBot.ServiceDefaults.Audio;

namespace SpeechBot.Bench.Talking;

/// <summary>
/// Sends a frame every 20 ms of the recording that is being played. A frame goes out when its last sample would have been spoken, as from
/// a real microphone.
/// </summary>
/// <param name="client">Takes the frames.</param>
/// <param name="staysOpen">Between recordings silence is sent, as when the talk is hands free; else nothing.</param>
public sealed class Microphone(RealtimeClient client, bool staysOpen)
{
    private const int FrameMilliseconds = 20;
    private const int FrameSamples = RealtimeClient.SampleRate * FrameMilliseconds / 1000;

    // As the page does, where nobody has spoken for so long that every answer is over.
    private const int QuietFramesAtOnce = 10;
    private const int QuietAfterFrames = 10_000 / FrameMilliseconds;

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(FrameMilliseconds);

    private readonly ConcurrentQueue<Recording> _waiting = new();

    /// <summary>Plays a recording from the next frame on.</summary>
    /// <returns>When its first sample was spoken, as <see cref="Stopwatch"/> counts, known once it begins; and the end of its last frame.</returns>
    public (Task<long> Started, Task Sent) Play(AudioClip clip)
    {
        var recording = new Recording(clip.To(RealtimeClient.SampleRate).Samples);
        _waiting.Enqueue(recording);
        return (recording.Started.Task, recording.Sent.Task);
    }

    /// <summary>Sends frames until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        Recording? current = null;
        var (silent, waiting) = (QuietAfterFrames, 0);
        for (var number = 0L; !cancellation.IsCancellationRequested; number++)
        {
            var spoken = Stopwatch.GetElapsedTime(began);
            var due = (number + 1) * Frame;
            if (due > spoken)
            {
                await Task.Delay(due - spoken, TimeProvider.System, cancellation);
            }

            if (current is null && _waiting.TryDequeue(out current))
            {
                current.Started.SetResult(began + (long)(number * Frame.TotalSeconds * Stopwatch.Frequency));
            }

            silent = current is null ? silent + 1 : 0;
            waiting += current is null && staysOpen ? 1 : 0;
            if (waiting > 0 && (silent <= QuietAfterFrames || waiting == QuietFramesAtOnce))
            {
                await client.SendAudioAsync(new float[waiting * FrameSamples], cancellation);
                waiting = 0;
            }

            if (current is not null)
            {
                await client.SendAudioAsync(current.Next(FrameSamples), cancellation);
            }

            if (current is { IsOver: true })
            {
                current.Sent.SetResult();
                current = null;
            }
        }
    }

    private sealed class Recording(float[] samples)
    {
        private int _at;

        public TaskCompletionSource<long> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsOver => _at >= samples.Length;

        public float[] Next(int count)
        {
            var frame = new float[count];
            var length = Math.Min(count, samples.Length - _at);
            samples.AsSpan(_at, length).CopyTo(frame);
            _at += length;
            return frame;
        }
    }
}
