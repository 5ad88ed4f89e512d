namespace SpeechBot.Llm.Replies;

/// <summary>What a reply consists of: any number of <see cref="ReplyText"/>, then one <see cref="ReplyEnd"/>.</summary>
internal abstract record ReplyEvent;

/// <summary>A piece of the reply.</summary>
/// <param name="Text">At least one character.</param>
internal sealed record ReplyText(string Text) : ReplyEvent;

/// <summary>The reply is over.</summary>
/// <param name="Reason"><c>stop</c> or <c>length</c>.</param>
/// <param name="Statistics">What it took.</param>
internal sealed record ReplyEnd(string Reason, ReplyStatistics Statistics) : ReplyEvent
{
    /// <summary>The model, or a stop string, ended it.</summary>
    public const string Stop = "stop";

    /// <summary>It reached its limit of tokens.</summary>
    public const string Length = "length";
}
