namespace SpeechBot.Llm.Replies;

/// <summary>Puts a reply on the wire.</summary>
internal interface IReplyWriter
{
    Task WriteAsync(string text, CancellationToken cancellationToken);

    Task EndAsync(ReplyEnd end, CancellationToken cancellationToken);

    /// <summary>The reply broke off after its first bytes were sent.</summary>
    Task FailAsync(Exception exception, CancellationToken cancellationToken);
}
