namespace LLama.Abstractions;

/// <summary>Model and context parameters in one.</summary>
public interface ILLamaParams : IModelParams, IContextParams;
