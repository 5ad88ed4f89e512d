using SpeechBot.ServiceDefaults.Audio;
using SpeechBot.ServiceDefaults.Text;
using SpeechBot.Tests.Stt;
using SpeechBot.Tests.Support;
using SpeechBot.Tts.Speech;
using SpeechBot.Tts.Text;

namespace SpeechBot.Tests.Tts.Speech;

/// <summary>A sentence spoken in clauses against the same sentence spoken in one go: the words, the pauses and the level.</summary>
[Collection(nameof(Mouth))]
public sealed class SeamTests(Mouth mouth, Ears ears, ITestOutputHelper output)
{
    private const int Rate = 24_000;

    // Each take draws its noise anew, and the ears get 2 to 5 of its 86 words wrong, whole or joined: one take alone says too little.
    private const int Takes = 3;

    // The mouth is shut as long as this in front of a "p" or "t".
    private const double ClosureSeconds = 0.08;

    private static readonly string[] Answers =
    [
        "The capital of France is Paris.",
        "Plants make their own food by photosynthesis.",
        "The sky is blue because of the way sunlight is scattered by the air.",
        "A rainbow appears when sunlight passes through drops of rain.",
        "Of course, I can tell you a short story about a brave little dog.",
        "Water boils at one hundred degrees at the level of the sea.",
        "The heart pumps blood through the body all day and all night.",
        "Most birds build a nest in spring and feed their young there.",
    ];

    [Fact]
    public async Task Clauses_joined_are_heard_as_the_whole_sentence_without_gaps_or_steps()
    {
        List<(string, string)> wholes = [], joins = [];
        List<TimeSpan> wholePauses = [], joinedPauses = [];
        foreach (var answer in Enumerable.Repeat(Answers, Takes).SelectMany(answers => answers))
        {
            var whole = Say(new SpeechClause(answer, 0, IsCut: false, PauseAfter: false));
            var cutter = new ClauseCutter();
            List<Clause> clauses = [.. cutter.Push(answer), .. cutter.Complete()];
            var parts = clauses.ConvertAll(clause => Say(new SpeechClause(clause.Text, clause.Index, clause.IsCut, PauseAfter: !clause.IsLast)));
            var joined = TestAudio.Joined(Rate, parts);

            var (heardWhole, heardJoined) = (await ears.HearAsync(whole), await ears.HearAsync(joined));
            wholes.Add((SpokenText.From(answer), SpokenText.From(heardWhole)));
            joins.Add((SpokenText.From(answer), SpokenText.From(heardJoined)));
            wholePauses.AddRange(PausesIn(whole));
            joinedPauses.AddRange(PausesIn(joined));

            var gap = clauses.Count > 1 ? Gap(parts[0], parts[1]) : TimeSpan.Zero;
            var step = clauses.Count > 1 ? Decibels(parts[0]) - Decibels(parts[1]) : 0;
            output.WriteLine($"{string.Join(" | ", clauses.Select(clause => clause.Text))}: seam {gap.TotalMilliseconds:0} ms, first clause {step:+0.0;-0.0;0.0} dB, "
                + $"whole {whole.Duration.TotalSeconds:0.00} s {Decibels(whole):0.0} dB, joined {joined.Duration.TotalSeconds:0.00} s {Decibels(joined):0.0} dB, heard: {heardJoined}");

            Assert.InRange(gap.TotalMilliseconds, 0, clauses[0].Text.EndsWith(',') ? 170 : 60);
            Assert.InRange(Decibels(joined) - Decibels(whole), -3, 3);
            Assert.InRange(joined.Duration / whole.Duration, 0.8, 1.35);
        }

        var (wholeErrors, joinedErrors) = (WordErrorRate.Of(wholes), WordErrorRate.Of(joins));
        output.WriteLine($"word errors: whole {wholeErrors:P1}, joined {joinedErrors:P1}");
        output.WriteLine($"pauses: whole {Summary(wholePauses)}, joined {Summary(joinedPauses)}");
        Assert.InRange(joinedErrors, 0, wholeErrors + 0.05);
    }

    private AudioClip Say(SpeechClause clause) => TestAudio.Joined(Rate, mouth.Synthesizer.Say(clause, mouth.Style, Rate, TestContext.Current.CancellationToken));

    /// <summary>Near-silence between the last voiced sample of one clause and the first of the next.</summary>
    private static TimeSpan Gap(AudioClip first, AudioClip next)
    {
        var after = first.Samples.Length - 1 - Array.FindLastIndex(first.Samples, IsVoiced);
        return TimeSpan.FromSeconds((after + Array.FindIndex(next.Samples, IsVoiced)) / (double)Rate);
    }

    /// <summary>Each stretch of near-silence inside a clip that is longer than a closure.</summary>
    private static IEnumerable<TimeSpan> PausesIn(AudioClip clip)
    {
        var last = Array.FindIndex(clip.Samples, IsVoiced);
        for (var at = last; at >= 0 && at < clip.Samples.Length; at++)
        {
            if (IsVoiced(clip.Samples[at]))
            {
                if ((at - last) / (double)Rate is > ClosureSeconds and var seconds)
                {
                    yield return TimeSpan.FromSeconds(seconds);
                }

                last = at;
            }
        }
    }

    private static string Summary(List<TimeSpan> pauses) =>
        pauses.Count == 0 ? "none" : $"{pauses.Count}, longest {pauses.Max().TotalMilliseconds:0} ms, together {pauses.Sum(pause => pause.TotalSeconds):0.0} s";

    private static bool IsVoiced(float sample) => Math.Abs(sample) >= SpeechSound.Silence;

    private static double Decibels(AudioClip clip) => 20 * Math.Log10(SpeechSound.ActiveLevel(clip.Samples, clip.SampleRate));
}
