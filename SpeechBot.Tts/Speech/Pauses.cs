namespace SpeechBot.Tts.Speech;

/// <summary>
/// How long a speaker rests after a clause, by its last mark. The voice's own pauses are cut off with the silence around each clause,
/// since they vary from run to run.
/// </summary>
public static class Pauses
{
    private static readonly TimeSpan Sentence = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Part = TimeSpan.FromMilliseconds(180);
    private static readonly TimeSpan Comma = TimeSpan.FromMilliseconds(120);

    /// <summary>The pause after spoken text.</summary>
    public static TimeSpan After(string spoken, double speed)
    {
        var pause = spoken.Length == 0 ? TimeSpan.Zero : spoken[^1] switch
        {
            '.' or '!' or '?' => Sentence,
            ';' or ':' => Part,
            ',' => Comma,
            _ => TimeSpan.Zero,
        };
        return pause / speed;
    }
}
