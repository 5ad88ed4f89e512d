namespace SpeechBot.Web.Components.Talk;

/// <summary>A microphone or loudspeaker of the person's machine. Browsers tell the names only after the microphone was allowed.</summary>
public sealed record AudioDevice(string Id, string Label);

/// <summary>What can be chosen from.</summary>
public sealed record AudioDevices(IReadOnlyList<AudioDevice> Microphones, IReadOnlyList<AudioDevice> Loudspeakers);
