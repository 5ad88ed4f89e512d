namespace Aspire.Hosting;

/// <summary>Why the application is described: to run it, or to publish it.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
{
    /// <summary>Creates a context without a publisher.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation) : this(operation, "manifest")
    {
    }

    /// <summary>The reason.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>The publisher's name.</summary>
    public string PublisherName { get; } = publisherName;

    /// <summary>True when it is published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>True when it runs.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;
}

/// <summary>Run or publish.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>Start everything here and now.</summary>
    Run,

    /// <summary>Write down what would have to be started elsewhere.</summary>
    Publish,
}

/// <summary>The application cannot be described or started as it is.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Creates an exception with a message that says what to do.</summary>
    public DistributedApplicationException(string message) : base(message)
    {
    }

    /// <summary>Creates an exception with its cause.</summary>
    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}
