using SpeechBot.Bench;
using SpeechBot.Bench.Measuring;
using SpeechBot.Bench.Talking;

namespace SpeechBot.Tests.Bench;

public sealed class BenchReportTests
{
    [Fact]
    public void Percentiles_lie_between_the_two_nearest_values()
    {
        var spread = Percentiles.Of([40, 10, 20, 30])!;

        Assert.Equal((4, 25, 37, 38.5, 40), (spread.N, spread.P50, spread.P90, spread.P95, spread.Max));
        Assert.Null(Percentiles.Of([]));
    }

    [Fact]
    public void Disturbed_and_failed_turns_do_not_count()
    {
        var row = new Measurement("short questions", "streamed", 1, [Turn(300), Turn(900, others: 40), Turn(null, error: "no answer within 60 s")], MaxOthers: 15);
        var table = new Report(Machine.This, "bench", [row], [new("resident memory", 640, "MiB", new Dictionary<string, double> { ["SpeechBot.Llm"] = 310 })]).ToTable();

        Assert.Contains("| short questions | streamed | 1 | **voice to voice** | 1 | 300 | 300 | 300 | 300 |", table);
        Assert.Contains("| resident memory, MiB | 640 | 0.0 | 310 | 0.0 | 0.0 |", table);
        Assert.Contains("1 disturbed, left out, 1 failed: no answer within 60 s", table);
        Assert.Contains("| short questions | streamed | 1 | ears | 1 | 80 |", table);
    }

    [Theory]
    [InlineData("--rounds", "0", "--rounds was '0'")]
    [InlineData("--pipelines", "fast", "sequential, streamed, speculative")]
    [InlineData("--colour", "red", "There is no option '--colour'")]
    public void A_wrong_option_is_named(string option, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => BenchOptions.Parse([option, value])).Message);

    [Fact]
    public void A_system_that_runs_already_has_no_cold_turn() =>
        Assert.DoesNotContain("cold", BenchOptions.Parse(["--url", "http://localhost:5100"]).Scenarios);

    private static TurnResult Turn(double? milliseconds, double others = 2, string? error = null) => new()
    {
        Clip = "sky-blue.wav",
        VoiceToVoice = milliseconds,
        Stages = new Dictionary<string, double> { ["ears"] = 80 },
        Transcript = "Why is the sky blue?",
        Answer = "Because of the air.",
        Error = error,
        Others = others,
    };
}
