using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Components.Settings;

/// <summary>A system prompt to start from.</summary>
public sealed record PromptPreset(string Name, string Prompt)
{
    /// <summary>The presets; the first is what a new page has. All ask for few words, because they are going to be spoken.</summary>
    public static IReadOnlyList<PromptPreset> All { get; } =
    [
        new("Helpful", SessionSettings.DefaultSystemPrompt),
        new("Patient teacher", "You are a patient teacher. Explain in simple words with one small example. Reply in at most three short sentences."),
        new("Storyteller", "You are a storyteller. Answer with a tiny story in plain spoken English, four short sentences at most."),
        new("To the point", "Answer in as few words as possible. One short sentence. No introduction."),
    ];
}
