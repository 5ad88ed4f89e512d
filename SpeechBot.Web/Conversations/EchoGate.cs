using System.Runtime.InteropServices;

namespace SpeechBot.Web.Conversations;

/// <summary>
/// A microphone beside a loudspeaker that speaks → the same without what may be the loudspeaker: a frame that is no louder than the
/// answer's echo becomes as quiet as the room, so that the ears do not take the bot for a person. Browsers cancel most of the echo; how
/// loud the rest of it is here is learned while answers play. A person close to a microphone is louder by far. Thread safe.
/// </summary>
internal sealed class EchoGate
{
    private const int FrameBytes = 960;

    // Loudspeaker, room, microphone and network: an echo comes up to 600 ms after its sound.
    private const int EchoFrames = 30;

    // What was learned in the last five seconds of playing counts, once it is two: an answer's first words have no echo yet.
    private const int LearnedFrames = 250;
    private const int EnoughFrames = 100;

    // A voice has softer sounds in it: after a loud one the next 200 ms pass.
    private const int OpenFrames = 10;

    // The room is the softest frame of the last two seconds in which nothing was played; its noise comes and goes by half.
    private const int RoomFrames = 100;

    private const double Silent = 0.003;
    private const double Margin = 2;
    private const double FirstGuess = 0.125;

    private readonly Lock _sync = new();
    private readonly Queue<double> _played = new(EchoFrames);
    private readonly Queue<double> _learned = new(LearnedFrames);
    private readonly Queue<double> _quiet = new(RoomFrames);
    private double _most = FirstGuess;
    private int _open;

    /// <summary>The next audio of the microphone, changed in place.</summary>
    /// <param name="pcm">PCM16 mono at 24 kHz.</param>
    /// <param name="played">How loud the loudspeaker is now.</param>
    /// <param name="isVoice">The ears hear a voice, and the answer is silent for it: everything passes.</param>
    internal void Pass(Span<byte> pcm, double played, bool isVoice)
    {
        lock (_sync)
        {
            while (pcm.Length > 0)
            {
                var frame = pcm[..Math.Min(FrameBytes, pcm.Length)];
                var level = Loudness.Of(frame);
                if (!Passes(level, played) && !isVoice && level > Room * Margin)
                {
                    FillWithRoom(frame);
                }

                pcm = pcm[frame.Length..];
            }
        }
    }

    /// <summary>What passed was an echo after all: it is louder here than thought.</summary>
    internal void LetThrough()
    {
        lock (_sync)
        {
            _most = Math.Min(1, _most * Margin);
            _learned.Clear();
        }
    }

    private bool Passes(double level, double played)
    {
        var loudest = Latest(_played, played, EchoFrames).Max();
        if (loudest < Silent)
        {
            Latest(_quiet, level, RoomFrames);
            return true;
        }

        var share = level / loudest;
        if (share > Expected * Margin)
        {
            _open = OpenFrames;
            return true;
        }

        if (_open > 0)
        {
            _open--;
            return true;
        }

        Latest(_learned, share, LearnedFrames);
        return false;
    }

    // After digital silence, which no microphone hears, the network that tells voice from silence doubts the first word of a voice.
    private void FillWithRoom(Span<byte> frame)
    {
        // Of noise that is as likely everywhere between two peaks, they lie this much above its root mean square.
        var peak = Room * Math.Sqrt(3) * short.MaxValue;
        foreach (ref var sample in MemoryMarshal.Cast<byte, short>(frame))
        {
            sample = (short)Math.Round(peak * ((2 * Random.Shared.NextDouble()) - 1));
        }
    }

    private double Room => _quiet.Count == 0 ? 0 : _quiet.Min();

    private double Expected => _learned.Count < EnoughFrames ? _most : Math.Min(_most, _learned.Max());

    private static Queue<double> Latest(Queue<double> values, double value, int count)
    {
        values.Enqueue(value);
        if (values.Count > count)
        {
            values.Dequeue();
        }

        return values;
    }
}
