namespace SpeechBot.Web.Components.Talk;

/// <summary>What the page's audio is doing, as the browser tells it.</summary>
/// <param name="Microphone">The microphone is open.</param>
/// <param name="Recording">What is heard goes to the ears now.</param>
/// <param name="Playing">Id of the clip that is being replayed; null when none is.</param>
/// <param name="Connected">The realtime connection stands; null before it was tried.</param>
/// <param name="Message">In words for the person, what is wrong; null when nothing is.</param>
public sealed record AudioState(
    bool Microphone = false,
    bool Recording = false,
    string? Playing = null,
    bool? Connected = null,
    string? Message = null);
