namespace SpeechBot.Web.Conversations;

/// <summary>A step as a person sees it ("listening", "transcribing", "thinking", "speaking") and how long it took, in milliseconds, once that is known.</summary>
public sealed record TurnStep(string Name, StepState State, double? Ms);
