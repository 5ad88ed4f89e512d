using System.Text;
using LLama.Native;

namespace LLama;

/// <summary>Writes a model in another format.</summary>
public static class LLamaQuantizer
{
    /// <summary>Reads one GGUF file and writes another.</summary>
    /// <returns>Whether it was written.</returns>
    public static unsafe bool Quantize(
        string srcFileName, string dstFilename, LLamaFtype ftype, int nthread = -1, bool allowRequantize = true, bool quantizeOutputTensor = false)
    {
        var parameters = LlamaNative.llama_model_quantize_default_params();
        (parameters.Threads, parameters.Format) = (nthread, ftype);
        (parameters.AllowRequantize, parameters.QuantizeOutputTensor) = (allowRequantize ? (byte)1 : (byte)0, quantizeOutputTensor ? (byte)1 : (byte)0);
        fixed (byte* source = Encoding.UTF8.GetBytes(srcFileName + "\0"), target = Encoding.UTF8.GetBytes(dstFilename + "\0"))
        {
            return LlamaNative.llama_model_quantize(source, target, &parameters) == 0;
        }
    }
}
