using SpeechBot.Stt.Networks;

namespace SpeechBot.Tests.Stt;

public sealed class WhisperTokensTests
{
    private const int Vocabulary = 51864;
    private const int Space = 220;
    private const int Word = 1867;
    private const int Begin = WhisperTokens.FirstTimestamp;

    [Fact]
    public void A_text_begins_neither_with_its_end_nor_with_a_space_nor_late() =>
        Assert.Equal(Word, Next([], (WhisperTokens.End, 9), (Space, 8), (Begin + 51, 7), (Word, 6)));

    [Fact]
    public void Signs_are_never_written() =>
        Assert.Equal(Word, Next([Begin], (WhisperTokens.Start, 9), (WhisperTokens.NoSpeech, 8), (Begin - 1, 7), (Word, 6)));

    [Fact]
    public void Behind_the_beginning_comes_a_word() => Assert.Equal(Word, Next([Begin], (Begin + 3, 9), (Word, 1)));

    [Fact]
    public void Behind_the_end_of_a_piece_comes_the_end_or_the_next_piece()
    {
        Assert.Equal(WhisperTokens.End, Next([Begin, Word, Begin + 100], (Word, 9), (WhisperTokens.End, 2), (Begin + 100, 1)));
        Assert.Equal(Begin + 100, Next([Begin, Word, Begin + 100], (Word, 9), (WhisperTokens.End, 1), (Begin + 100, 2)));
    }

    [Fact]
    public void Time_does_not_go_back() =>
        Assert.Equal(Begin + 101, Next([Begin, Word, Begin + 100, Begin + 100, Word], (Begin + 99, 9), (Begin + 101, 2)));

    [Fact]
    public void Timestamps_that_are_likelier_together_than_any_word_win() =>
        Assert.Equal(Begin + 5, Next([Begin, Word], [(Word, 3), .. Enumerable.Range(1, 100).Select(i => (Begin + i, i == 5 ? 2.1f : 2f))]));

    [Fact]
    public void The_probability_counts_among_what_is_allowed()
    {
        var logits = Logits((Word, 1), (Word + 1, 1), (WhisperTokens.Start, 9));

        Assert.Equal(Math.Log(0.5), WhisperTokens.Next(logits, [Begin]).LogProbability, 5);
    }

    [Fact]
    public void How_likely_nobody_speaks_counts_among_all() =>
        Assert.Equal(0.5, WhisperTokens.NoSpeechProbability(Logits((WhisperTokens.NoSpeech, 1), (Word, 1))), 5);

    private static int Next(int[] written, params (int Token, float Value)[] values) => WhisperTokens.Next(Logits(values), written).Token;

    private static float[] Logits(params (int Token, float Value)[] values)
    {
        // What is not named is as good as impossible.
        var logits = new float[Vocabulary];
        Array.Fill(logits, -60f);
        foreach (var (token, value) in values)
        {
            logits[token] = value;
        }

        return logits;
    }
}
