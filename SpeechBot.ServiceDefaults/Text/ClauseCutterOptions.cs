namespace SpeechBot.ServiceDefaults.Text;

/// <summary>How long the pieces of a streamed answer may be.</summary>
public sealed record ClauseCutterOptions
{
    /// <summary>
    /// Words after which the first clause is cut when no punctuation came before. Four words are spoken for
    /// about 1.2 s, long enough for the next clause to be made meanwhile. 0 keeps the first sentence whole.
    /// </summary>
    public int FirstClauseWords { get; init; } = 4;

    /// <summary>Words from which a later sentence may be cut at a comma, semicolon, colon or dash.</summary>
    public int LongClauseWords { get; init; } = 16;

    /// <summary>Words at which a sentence without any punctuation is cut all the same.</summary>
    public int MaximumWords { get; init; } = 60;
}
