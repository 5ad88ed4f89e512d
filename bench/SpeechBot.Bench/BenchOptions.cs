using System.Globalization;

namespace SpeechBot.Bench;

/// <summary>What to measure, from the command line.</summary>
public sealed record BenchOptions
{
    /// <summary>The help, and the list of what there is.</summary>
    public const string Usage = """
        Measures voice to voice: recordings are spoken in real time, and the clock runs from the last voiced sample to the first audible one.

          dotnet run --project bench/SpeechBot.Bench -- [options]

          --url http://localhost:5100    a system that runs already; without it one is started
          --scenarios latency,...        of cold, latency, hesitant, conversation, crowd, browser, barge-in, footprint
                                         (default: all) and endurance, which is run only when it is named
          --pipelines speculative,...    of sequential, streamed, speculative (default: all; for latency)
          --button yes                   end each question by a button, 200 ms after its voice, in place of the ears
          --rounds 7                     how often each question is asked
          --interruptions 20             for barge-in
          --minutes 20                   for endurance
          --talkers 1,2,4                for crowd
          --seed 1                       of the random pauses
          --max-others 15                leave out turns during which other programs used more than this, in percent of a core
          --json report.json             write everything down, turn by turn
        """;

    private static readonly string[] AllScenarios = ["cold", "latency", "hesitant", "conversation", "crowd", "browser", "barge-in", "footprint"];
    private static readonly string[] KnownScenarios = [.. AllScenarios, "endurance"];
    private static readonly string[] AllPipelines = ["sequential", "streamed", "speculative"];

    public Uri? Url { get; init; }

    public IReadOnlyList<string> Scenarios { get; init; } = AllScenarios;

    public IReadOnlyList<string> Pipelines { get; init; } = AllPipelines;

    public int Rounds { get; init; } = 7;

    public int Interruptions { get; init; } = 20;

    public int Minutes { get; init; } = 20;

    /// <summary>Nobody holds a button: the ears find the end of each question.</summary>
    public bool HandsFree { get; init; } = true;

    public IReadOnlyList<int> Talkers { get; init; } = [1, 2, 4];

    public int Seed { get; init; } = 1;

    public double? MaxOthers { get; init; }

    public string? Json { get; init; }

    public bool Has(string scenario) => Scenarios.Contains(scenario);

    /// <exception cref="FormatException">An option or its value is not one of those above; the message says which.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"{arguments[i]} needs a value.");
            options = arguments[i] switch
            {
                "--url" => options with { Url = Uri.TryCreate(value, UriKind.Absolute, out var url) ? url : throw Wrong(arguments[i], value, "an address such as http://localhost:5100") },
                "--scenarios" => options with { Scenarios = Names(arguments[i], value, KnownScenarios) },
                "--pipelines" => options with { Pipelines = Names(arguments[i], value, AllPipelines) },
                "--button" => options with { HandsFree = Names(arguments[i], value, ["yes", "no"]) is ["no"] },
                "--rounds" => options with { Rounds = Number(arguments[i], value) },
                "--interruptions" => options with { Interruptions = Number(arguments[i], value) },
                "--minutes" => options with { Minutes = Number(arguments[i], value) },
                "--talkers" => options with { Talkers = [.. value.Split(',').Select(part => Number("--talkers", part))] },
                "--seed" => options with { Seed = Number(arguments[i], value) },
                "--max-others" => options with { MaxOthers = Number(arguments[i], value) },
                "--json" => options with { Json = value },
                _ => throw new FormatException($"There is no option '{arguments[i]}'."),
            };
        }

        // A system that runs already has been warmed by somebody.
        return options.Url is null ? options : options with { Scenarios = [.. options.Scenarios.Where(scenario => scenario != "cold")] };
    }

    private static string[] Names(string option, string value, string[] known)
    {
        var names = value.Split(',', StringSplitOptions.TrimEntries);
        return names.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? throw Wrong(option, unknown, string.Join(", ", known)) : names;
    }

    private static int Number(string option, string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Wrong(option, value, "a number from 1 on");

    private static FormatException Wrong(string option, string value, string wanted) => new($"{option} was '{value}'; it takes {wanted}.");
}
