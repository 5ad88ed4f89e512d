namespace LLama.Native;

/// <summary>What llama_decode answered.</summary>
public enum DecodeResult
{
    /// <summary>An unspecified error.</summary>
    DecodeFailed = -3,

    /// <summary>Memory for the computation could not be had.</summary>
    AllocationFailed = -2,

    /// <summary>The batch makes no sense.</summary>
    InvalidInputBatch = -1,

    /// <summary>All is well.</summary>
    Ok = 0,

    /// <summary>The key-value cache has no room for the batch.</summary>
    NoKvSlot = 1,

    /// <summary>The computation was aborted.</summary>
    ComputeAborted = 2,
}
