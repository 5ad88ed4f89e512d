using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Components.Talk;

/// <summary>The one line that says, in words for anybody, what is going on.</summary>
/// <param name="Text">The line; never empty.</param>
/// <param name="Trouble">Something is wrong.</param>
public sealed record StateLine(string Text, bool Trouble = false)
{
    // What is shorter is over before it is read.
    private static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(1);
    private static readonly string[] Numbers = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

    /// <summary>
    /// What is most worth saying: trouble of the page first, then of the services, then what the talk is doing. That the talk is
    /// not being saved (<paramref name="saving"/> is false) can wait until nobody speaks.
    /// </summary>
    public static StateLine Of(VoiceSession session, AudioState audio, IReadOnlyList<ServiceStatus> services, bool saving) =>
        audio.Message is { } message ? new(message, Trouble: true)
        : audio.Connected == false ? new("The connection was lost. Trying again…", Trouble: true)
        : session.Notice is { } notice && (saving || session.State == TurnState.Idle) ? new(notice)
        : services.FirstOrDefault(service => !service.Ready && service.Name != "cache") is { } away ? Away(away)
        : session.Place is { Ahead: > 0 and var ahead, About: var about } && about >= WorthSaying ? Waiting(ahead, about)
        : Doing(session.State, audio, session.Settings.TurnMode);

    /// <summary>The button's state as one word: idle, listening, deciding, thinking or speaking.</summary>
    public static string Name(TurnState state, AudioState audio, TurnMode mode) => state switch
    {
        TurnState.Deciding => "deciding",
        TurnState.Thinking => "thinking",
        TurnState.Speaking => "speaking",
        TurnState.Listening => "listening",
        _ when audio.Recording => "listening",
        _ => "idle",
    };

    private static StateLine Away(ServiceStatus service) =>
        new($"The {service.Title} {(service.Title.EndsWith('s') ? "are" : "is")} not there: {service.Detail ?? "no answer"}. Trying again…", Trouble: true);

    /// <summary>Others wait too, and began before.</summary>
    internal static StateLine Waiting(int ahead, TimeSpan about)
    {
        var who = ahead == 1 ? "You are next" : $"{(ahead < Numbers.Length ? Numbers[ahead] : ahead)} people ahead of you";
        return new($"{who}, about {Math.Ceiling(about.TotalSeconds):0} s");
    }

    private static StateLine Doing(TurnState state, AudioState audio, TurnMode mode) => (Name(state, audio, mode), mode) switch
    {
        ("thinking", _) => new("Got it, thinking"),
        ("speaking", _) => new("Speaking. Press to stop"),
        ("deciding", TurnMode.PushToTalk) => new("Got it, thinking"),
        ("deciding" or "listening", TurnMode.HandsFree) => new(state == TurnState.Idle ? "Listening. Just talk" : "Listening"),
        ("listening", _) => new("Listening. Press again to send"),
        (_, TurnMode.HandsFree) => new("Press once, then just talk"),
        _ => new("Press the button and talk"),
    };
}
