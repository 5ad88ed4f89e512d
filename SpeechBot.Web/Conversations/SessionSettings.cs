namespace SpeechBot.Web.Conversations;

/// <summary>What a person can set for a talk. Immutable: change it with <c>with</c> and <see cref="VoiceSession.UpdateAsync"/>.</summary>
public sealed record SessionSettings
{
    /// <summary>The longest system prompt that is taken, in characters.</summary>
    public const int MaxSystemPrompt = 4000;

    /// <summary>The prompt that the starter brain answered best with.</summary>
    public const string DefaultSystemPrompt = "You are a helpful AI assistant. Reply in one or two short sentences.";

    /// <summary>What the brain is told about itself before the conversation.</summary>
    public string SystemPrompt { get; init; } = DefaultSystemPrompt;

    /// <summary>Id of a voice of <see cref="VoiceCatalog"/>; null is the voice service's own choice.</summary>
    public string? Voice { get; init; }

    /// <summary>Speaking rate, 0.5 to 2; 1 is the voice's own.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The language that is spoken, in two letters; null lets the ears decide. English-only ears take no other.</summary>
    public string? Language { get; init; }

    /// <summary>Who decides where a turn ends.</summary>
    public TurnMode TurnMode { get; init; } = TurnMode.PushToTalk;

    /// <summary>How far the stages run ahead of each other.</summary>
    public PipelineMode Pipeline { get; init; } = PipelineMode.Speculative;

    /// <summary>Seconds of silence, 0.5 to 4, after which an unfinished sentence is answered all the same.</summary>
    public double Patience { get; init; } = 1.5;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says which and what is allowed.</exception>
    internal void Validate()
    {
        if (SystemPrompt.Length > MaxSystemPrompt)
        {
            throw new ArgumentException($"The system prompt has {SystemPrompt.Length} characters; at most {MaxSystemPrompt} are taken. Shorten it.");
        }

        if (Speed is not (>= 0.5 and <= 2))
        {
            throw new ArgumentException($"The speaking rate {Speed} is out of range; choose one from 0.5 to 2.");
        }

        if (Language is not (null or { Length: 2 }))
        {
            throw new ArgumentException($"'{Language}' is no language; give two letters such as en, or none.");
        }

        if (Patience is not (>= 0.5 and <= 4))
        {
            throw new ArgumentException($"A patience of {Patience} s is out of range; choose one from 0.5 to 4.");
        }
    }
}
