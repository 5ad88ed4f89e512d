namespace LLama.Batched;

/// <summary>A <see cref="BatchedExecutor"/> was used out of order.</summary>
public class ExperimentalBatchedExecutorException : Exception
{
    internal ExperimentalBatchedExecutorException(string message) : base(message)
    {
    }
}

/// <summary>Prompted twice without an inference between.</summary>
public class AlreadyPromptedConversationException : ExperimentalBatchedExecutorException
{
    internal AlreadyPromptedConversationException() : base("Must call `Infer()` before prompting this Conversation again")
    {
    }
}

/// <summary>Sampled before the prompt was computed.</summary>
public class CannotSampleRequiresInferenceException : ExperimentalBatchedExecutorException
{
    internal CannotSampleRequiresInferenceException() : base("Must call `Infer()` before sampling from this Conversation")
    {
    }
}

/// <summary>Sampled without a prompt.</summary>
public class CannotSampleRequiresPromptException : ExperimentalBatchedExecutorException
{
    internal CannotSampleRequiresPromptException() : base("Must call `Prompt()` and then `Infer()` before sampling from this Conversation")
    {
    }
}

/// <summary>Modified while a prompt waits for inference.</summary>
public class CannotModifyWhileRequiresInferenceException : ExperimentalBatchedExecutorException
{
    internal CannotModifyWhileRequiresInferenceException() : base("Cannot `Modify()` a conversation while RequiresInference is true")
    {
    }
}
