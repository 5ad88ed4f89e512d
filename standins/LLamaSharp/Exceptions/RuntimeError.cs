namespace LLama.Exceptions;

/// <summary>The native library reported a failure.</summary>
public class RuntimeError(string message) : Exception(message);

/// <summary>The weights could not be loaded.</summary>
public class LoadWeightsFailedException(string modelPath) : RuntimeError($"Failed to load model '{modelPath}'")
{
    /// <summary>The file that was asked for.</summary>
    public string ModelPath { get; } = modelPath;
}

/// <summary>The engine does not know the chat template.</summary>
public class MissingTemplateException : RuntimeError
{
    /// <summary>The model's own template is unknown.</summary>
    public MissingTemplateException() : base("llama_chat_apply_template failed: template not found")
    {
    }

    /// <summary>The given template is unknown.</summary>
    public MissingTemplateException(string message) : base($"llama_chat_apply_template failed: template not found for '{message}'")
    {
    }
}

/// <summary>The model has no chat template of that name.</summary>
public class TemplateNotFoundException(string name) : RuntimeError($"llama_model_chat_template failed: the model has no template '{name}'.");

/// <summary>There are no logits at that index.</summary>
public class GetLogitsInvalidIndexException(int index) : RuntimeError($"llama_get_logits_ith({index}) returned null")
{
    /// <summary>The index that was asked for.</summary>
    public int Index { get; } = index;
}
