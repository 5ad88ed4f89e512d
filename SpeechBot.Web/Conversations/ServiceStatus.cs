namespace SpeechBot.Web.Conversations;

/// <summary>What is known of one of the services behind the page.</summary>
/// <param name="Name">Resource name: stt, llm, tts or cache.</param>
/// <param name="Title">What it is to a person: ears, brain, voice or memory.</param>
/// <param name="Ready">It can be used now.</param>
/// <param name="Detail">In words, what it is doing or why it cannot be used; null when there is nothing to say.</param>
/// <param name="Address">Where it was found.</param>
/// <param name="Model">The model that it serves.</param>
/// <param name="Accelerator">What it computes on, "cpu" or "cuda".</param>
/// <param name="LastLoadSeconds">How long loading took the last time.</param>
/// <param name="Restarts">How often it went away and came back since this process started.</param>
public sealed record ServiceStatus(
    string Name,
    string Title,
    bool Ready,
    string? Detail = null,
    string? Address = null,
    string? Model = null,
    string? Accelerator = null,
    double? LastLoadSeconds = null,
    int Restarts = 0);
